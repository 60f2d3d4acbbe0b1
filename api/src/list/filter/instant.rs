//! `DateTimeFilter`.

use super::Check;
use crate::{Result, graphql::scalars::DateTime, list::Range};
use async_graphql::{InputObject, MaybeUndefined};
use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;
use sea_orm::sea_query::{Expr, ExprTrait};

/// Compares instants. Several operators all have to hold.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateTimeFilter {
    /// It is this instant.
    pub eq: MaybeUndefined<DateTime>,
    /// It is another instant.
    pub ne: MaybeUndefined<DateTime>,
    /// It is before.
    pub lt: Option<DateTime>,
    /// It is before or at this instant.
    pub lte: Option<DateTime>,
    /// It is after.
    pub gt: Option<DateTime>,
    /// It is at this instant or after.
    pub gte: Option<DateTime>,
    /// It is in this year, month or day.
    pub within: Option<Period>,
}

/// A year, a month or a day, in the site's time zone.
#[derive(InputObject, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// 1 to 9999.
    pub year: i32,
    /// 1 to 12; the whole year where it is absent.
    pub month: Option<i32>,
    /// 1 to 31; the whole month where it is absent. Needs a month.
    pub day: Option<i32>,
}

impl DateTimeFilter {
    /// # Errors
    /// When it can not be meant.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        check.equality("eq", &self.eq, false)?;
        check.equality("ne", &self.ne, false)?;
        check.operators([&self.lt, &self.lte, &self.gt, &self.gte].map(Option::is_some))?;
        let Some(period) = self.within else {
            return Ok(());
        };
        check.ask_for_zone();
        check.count(1)?;
        period.days().map(drop).map_err(|problem| check.invalid("within", problem))
    }

    /// The stretch of time in which it holds, but for `ne`.
    #[must_use]
    pub fn range(&self, zone: Tz) -> Range {
        let at = |instant: &DateTime| instant.0.0;
        let bounds = [
            self.eq.value().map(|eq| Range { from: Some(at(eq)), until: Some(at(eq)) }),
            self.lt.as_ref().map(|lt| Range::until(at(lt).saturating_sub(1))),
            self.lte.as_ref().map(|lte| Range::until(at(lte))),
            self.gt.as_ref().map(|gt| Range::from(at(gt).saturating_add(1))),
            self.gte.as_ref().map(|gte| Range::from(at(gte))),
            self.within.map(|period| period.range(zone)),
        ];
        bounds.into_iter().flatten().fold(Range::default(), Range::within)
    }

    /// `ne`, on a column that is never null.
    #[must_use]
    pub fn other(&self, column: &Expr) -> Option<Expr> {
        self.ne.value().map(|ne| column.clone().ne(ne.0.0))
    }

    /// All of it, on a column that is never null.
    #[must_use]
    pub fn conditions(&self, column: &Expr, zone: Tz) -> Vec<Expr> {
        self.range(zone).conditions(column).into_iter().chain(self.other(column)).collect()
    }
}

impl Period {
    /// The first day, and the first one behind it.
    fn days(self) -> Result<(NaiveDate, NaiveDate), String> {
        let Self { year, month, day } = self;
        if !(1..=9_999).contains(&year) {
            return Err(format!("{year} is no year from 1 to 9999"));
        }
        let number = |part: Option<i32>| part.map_or(Some(1), |part| u32::try_from(part).ok());
        let first = number(month).zip(number(day)).and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let next = |first: NaiveDate| match (month, day) {
            (Some(_), Some(_)) => first.checked_add_days(Days::new(1)),
            (Some(_), None) => first.checked_add_months(Months::new(1)),
            (None, _) => first.checked_add_months(Months::new(12)),
        };
        match (month, day, first) {
            (None, Some(_), _) => Err("a day needs a month".to_owned()),
            (Some(month), _, _) if !(1..=12).contains(&month) => Err(format!("{month} is no month from 1 to 12")),
            (month, day, None) => {
                let (month, day) = (month.unwrap_or_default(), day.unwrap_or_default());
                Err(format!("there is no day {day} in month {month} of {year}"))
            }
            (.., Some(first)) => next(first).map(|next| (first, next)).ok_or_else(|| format!("{year} is too far away")),
        }
    }

    /// What was not checked holds for no instant.
    fn range(self, zone: Tz) -> Range {
        let Ok((first, next)) = self.days() else {
            return Range { from: Some(0), until: Some(-1) };
        };
        Range { from: Some(start_of_day(first, zone)), until: Some(start_of_day(next, zone) - 1) }
    }
}

/// The first instant of a day in a zone, in microseconds, whatever the clocks do around midnight.
#[must_use]
pub fn start_of_day(day: NaiveDate, zone: Tz) -> i64 {
    let midnight = NaiveDateTime::new(day, NaiveTime::MIN);
    if let Some(start) = zone.from_local_datetime(&midnight).earliest() {
        return start.timestamp_micros();
    }
    // Clocks are put forward at midnight: the day starts where the day before ends.
    let before = zone.offset_from_utc_datetime(&(midnight - Days::new(1))).fix().local_minus_utc();
    midnight.and_utc().timestamp_micros() - i64::from(before) * 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(year: i32, month: Option<i32>, day: Option<i32>) -> Result<String, String> {
        Period { year, month, day }.days().map(|(first, next)| format!("{first} {next}"))
    }

    #[test]
    fn a_period_is_a_year_a_month_or_a_day() {
        assert_eq!(days(2024, None, None).unwrap(), "2024-01-01 2025-01-01");
        assert_eq!(days(2024, Some(2), None).unwrap(), "2024-02-01 2024-03-01");
        assert_eq!(days(2024, Some(2), Some(29)).unwrap(), "2024-02-29 2024-03-01");
        assert_eq!(days(9_999, Some(12), Some(31)).unwrap(), "9999-12-31 +10000-01-01");
    }

    #[test]
    fn what_is_no_period_is_told() {
        for (year, month, day, told) in [
            (0, None, None, "0 is no year from 1 to 9999"),
            (10_000, None, None, "10000 is no year from 1 to 9999"),
            (2024, Some(13), None, "13 is no month from 1 to 12"),
            (2024, Some(-1), None, "-1 is no month from 1 to 12"),
            (2024, None, Some(1), "a day needs a month"),
            (2023, Some(2), Some(29), "there is no day 29 in month 2 of 2023"),
            (2023, Some(2), Some(0), "there is no day 0 in month 2 of 2023"),
        ] {
            assert_eq!(days(year, month, day).unwrap_err(), told);
        }
    }

    #[test]
    fn a_day_starts_when_the_clocks_of_its_zone_say_so() {
        let start = |year, month, day, zone: Tz| {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            chrono::DateTime::from_timestamp_micros(start_of_day(day, zone)).unwrap().to_rfc3339()
        };
        assert_eq!(start(2022, 8, 16, chrono_tz::Asia::Shanghai), "2022-08-15T16:00:00+00:00");
        assert_eq!(start(2024, 7, 1, chrono_tz::America::New_York), "2024-07-01T04:00:00+00:00");
        // Put forward at midnight, and a day that there never was.
        assert_eq!(start(2018, 11, 4, chrono_tz::America::Sao_Paulo), "2018-11-04T03:00:00+00:00");
        assert_eq!(start(2011, 12, 30, chrono_tz::Pacific::Apia), start(2011, 12, 31, chrono_tz::Pacific::Apia));
        // Put back at midnight, to the evening before: the day starts once.
        assert_eq!(start(2018, 2, 18, chrono_tz::America::Sao_Paulo), "2018-02-18T03:00:00+00:00");
    }
}
