//! Years and months of a time zone, out of stretches of UTC. Pure.

use crate::list::filter::start_of_day;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// Microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

/// The days from the first of January of the year 1, from which days are counted here, to 1970.
pub const DAYS_BEFORE_1970: i64 = 719_162;

/// The years between which the offsets of zones from UTC change by their records; before and after, they stay.
const RECORDED: std::ops::RangeInclusive<i32> = 1_840..=2_100;

/// When the months of a zone begin.
pub struct Calendar {
    zone: Tz,
    starts: Vec<i64>,
}

/// A stretch of time within one day of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Counted from 0, the first of January of the year 1.
    pub day: i64,
    /// How many of the times at which a month can begin are over.
    pub over: i64,
}

impl Calendar {
    /// Of this zone.
    #[must_use]
    pub fn of(zone: Tz) -> Self {
        let firsts =
            RECORDED.flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)));
        let mut starts: Vec<i64> = firsts.map(|first| start_of_day(first, zone).rem_euclid(DAY)).collect();
        starts.sort_unstable();
        starts.dedup();
        Self { zone, starts }
    }

    /// The times of day, in microseconds of UTC, at which a month can begin, ascending: few.
    #[must_use]
    pub fn starts(&self) -> &[i64] {
        &self.starts
    }

    /// The year and month in which a stretch lies.
    #[must_use]
    pub fn month(&self, stretch: Stretch) -> (i32, u32) {
        let day = u64::try_from(stretch.day).ok().and_then(|day| first_day()?.checked_add_days(Days::new(day)));
        // The stretch begins with the last of these times that is over.
        let last = usize::try_from(stretch.over).ok().and_then(|over| self.starts.get(over.checked_sub(1)?));
        let time = TimeDelta::microseconds(last.copied().unwrap_or_default());
        let begins = NaiveDateTime::new(day.unwrap_or_default(), NaiveTime::MIN) + time;
        let there = self.zone.from_utc_datetime(&begins);
        (there.year(), there.month())
    }
}

fn first_day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    /// As the statement does it.
    fn stretch(micros: i64, calendar: &Calendar) -> Stretch {
        let since = micros + DAYS_BEFORE_1970 * DAY;
        let over = calendar.starts().iter().filter(|start| since % DAY >= **start).count();
        Stretch { day: since / DAY, over: i64::try_from(over).unwrap() }
    }

    proptest! {
        #[test]
        fn an_instant_is_in_the_month_of_its_stretch(
            seconds in -2_500_000_000_i64..5_000_000_000,
            zone in prop::sample::select(vec![
                chrono_tz::UTC, chrono_tz::Asia::Shanghai, chrono_tz::America::New_York, chrono_tz::Asia::Kathmandu,
                chrono_tz::Australia::Lord_Howe, chrono_tz::Pacific::Apia, chrono_tz::Pacific::Kiritimati,
                chrono_tz::America::Sao_Paulo, chrono_tz::Africa::Monrovia,
            ]),
        ) {
            let calendar = Calendar::of(zone);
            let there = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone);
            let month = calendar.month(stretch(seconds * 1_000_000, &calendar));
            prop_assert_eq!(month, (there.year(), there.month()), "{:?}", calendar.starts());
        }
    }

    #[test]
    fn months_begin_at_few_times_of_day() {
        assert_eq!(Calendar::of(chrono_tz::UTC).starts(), [0]);
        assert!(Calendar::of(chrono_tz::America::New_York).starts().len() <= 4);
        let first = Calendar::of(chrono_tz::UTC).month(Stretch { day: 0, over: 1 });
        assert_eq!(first, (1, 1));
    }
}
