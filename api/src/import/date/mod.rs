//! Dates as people and programs write them into posts.

#[cfg(test)]
mod tests;

use std::iter::Peekable;
use std::str::Chars;

use chrono::{DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use thiserror::Error;

/// Why a text is no instant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// None of the known forms, or a day or hour that no calendar has.
    #[error("`{0}` is not a date: write it as `2022-05-20 01:23:45` or `2022-05-20T01:23:45+08:00`")]
    Unreadable(String),
    /// A zone by a name that has no one meaning.
    #[error("the time zone `{0}` is not known: write the offset, for example `+08:00`")]
    UnknownZone(String),
    /// Not within the years 0001 to 9999.
    #[error("`{0}` is outside the years 0001 to 9999")]
    OutOfRange(String),
}

/// The instant that `text` names; a wall clock without a zone is one in `zone`.
///
/// Where a change of the clock skips a wall clock time it is moved forward by what was skipped; where one occurs twice
/// the earlier is meant. Microseconds are kept, anything finer is cut.
///
/// # Errors
///
/// `DateError` in the author's words. A date is never guessed from anything else.
pub fn parse(text: &str, zone: Tz) -> Result<DateTime<Utc>, DateError> {
    let text = text.trim();
    let written = Scanner::new(text).date_time().ok_or_else(|| DateError::Unreadable(text.to_owned()))?;
    let wall = written.wall;
    let instant = match written.zone.as_str() {
        "" => local(wall, zone),
        name => wall.checked_sub_signed(offset(name)?).map(|utc| utc.and_utc()),
    };
    instant
        .filter(|instant| (1..=9999).contains(&wall.year()) && (1..=9999).contains(&instant.year()))
        .ok_or_else(|| DateError::OutOfRange(text.to_owned()))
}

/// The beginning of a day in a zone.
#[must_use]
pub fn midnight(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    local(day.and_time(NaiveTime::MIN), zone).filter(|instant| (1..=9999).contains(&instant.year()))
}

/// What to tell the author of a date that can be read, but that other programs read otherwise or not at all.
#[must_use]
pub fn caution(text: &str) -> Option<&'static str> {
    let upper = text.trim().to_ascii_uppercase();
    if text.contains('年') {
        Some("is read, but Hexo does not know this form: write it as `2022-05-20 01:23:45`")
    } else if upper.ends_with("CST") {
        Some("is read as Central time of North America, as RFC 822 has it: for China write `+0800`")
    } else {
        None
    }
}

fn local(wall: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&wall) {
        MappedLocalTime::Single(instant) | MappedLocalTime::Ambiguous(instant, _) => Some(instant.to_utc()),
        MappedLocalTime::None => after_gap(wall, zone),
    }
}

/// Reads a skipped wall clock time by the offset that held before the gap. Samoa once skipped a whole day.
fn after_gap(wall: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    (1..=26 * 4).find_map(|quarters| {
        let back = TimeDelta::minutes(15 * quarters);
        let before = zone.from_local_datetime(&wall.checked_sub_signed(back)?).latest()?;
        before.to_utc().checked_add_signed(back)
    })
}

/// `Z`, `+0800`, `+08:00`, `+08`, or a name of RFC 822, 5.1, without its one-letter military zones, whose signs the RFC
/// has wrong (RFC 2822, 4.3).
fn offset(zone: &str) -> Result<TimeDelta, DateError> {
    let unknown = || DateError::UnknownZone(zone.to_owned());
    let hours = match zone.to_ascii_uppercase().as_str() {
        "Z" | "UT" | "UTC" | "GMT" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return numeric_offset(zone).ok_or_else(unknown),
    };
    Ok(TimeDelta::hours(hours))
}

fn numeric_offset(zone: &str) -> Option<TimeDelta> {
    let mut scanner = Scanner::new(zone);
    let sign = match scanner.chars.next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let hours = scanner.exactly_two()?;
    scanner.eat(':');
    let minutes = if scanner.is_at_end() { 0 } else { scanner.exactly_two()? };
    let is_valid = scanner.is_at_end() && hours < 24 && minutes < 60;
    is_valid.then(|| TimeDelta::minutes(sign * i64::from(hours * 60 + minutes)))
}

/// A wall clock and the zone that was written beside it; empty where none was.
struct Written {
    wall: NaiveDateTime,
    zone: String,
}

/// Reads the forms from left to right. Every method gives None when the text goes on in another way.
struct Scanner<'a> {
    chars: Peekable<Chars<'a>>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { chars: text.chars().peekable() }
    }

    fn date_time(mut self) -> Option<Written> {
        let date = if self.is_at(|c| c.is_ascii_alphabetic()) {
            self.word();
            self.eat(',');
            self.spaces();
            let day = self.number(2)?;
            self.rfc_2822_date(day)?
        } else {
            let (first, length) = self.number_and_length(4)?;
            if length <= 2 { self.rfc_2822_date(first)? } else { self.year_first_date(first)? }
        };
        if !self.eat('T') && !self.eat('t') {
            self.spaces();
        }
        let time = if self.is_at(|c| c.is_ascii_digit()) { self.time()? } else { TimeDelta::zero() };
        self.spaces();
        let zone: String = self.chars.collect();
        let is_zone = zone.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | ':'));
        let wall = date.and_time(NaiveTime::MIN).checked_add_signed(time)?;
        is_zone.then_some(Written { wall, zone })
    }

    /// `2022-05-20`, `2022/5/20`, `2022.5.20`, `2022年5月20日`.
    fn year_first_date(&mut self, year: u32) -> Option<NaiveDate> {
        self.spaces();
        let separator = self.chars.next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
        let is_chinese = separator == '年';
        self.spaces();
        let month = self.number(2)?;
        self.spaces();
        if !self.eat(if is_chinese { '月' } else { separator }) {
            return None;
        }
        self.spaces();
        let day = self.number(2)?;
        self.spaces();
        if is_chinese && !self.eat('日') && !self.eat('号') && !self.eat('號') {
            return None;
        }
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// `20 May 2022` after the name of the day.
    fn rfc_2822_date(&mut self, day: u32) -> Option<NaiveDate> {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        self.spaces();
        let name = self.word().to_ascii_lowercase();
        let month = MONTHS.iter().position(|month| name.starts_with(month))?;
        self.spaces();
        let (year, length) = self.number_and_length(4)?;
        // Years of two digits as RFC 2822, 4.3, has it.
        let year = match (length, year) {
            (4, year) => year,
            (2, 0..=49) => year + 2000,
            (2, _) => year + 1900,
            _ => return None,
        };
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()? + 1, day)
    }

    /// `01:23`, `1:23:45`, `01:23:45.678`, `1时23分45秒`, as what has passed since midnight: a leap second is the next.
    fn time(&mut self) -> Option<TimeDelta> {
        let hour = self.number(2)?;
        let is_chinese = self.is_at(|c| matches!(c, '时' | '時' | '点' | '點'));
        if !is_chinese && !self.is_at(|c| c == ':') {
            return None;
        }
        self.chars.next();
        let minute = if is_chinese { self.number(2).unwrap_or(0) } else { self.exactly_two()? };
        let second = if is_chinese {
            self.eat('分');
            let second = self.number(2).unwrap_or(0);
            self.eat('秒');
            second
        } else if self.eat(':') {
            self.exactly_two()?
        } else {
            0
        };
        let micros = if self.eat('.') || self.eat(',') { self.micros()? } else { 0 };
        let is_valid = hour < 24 && minute < 60 && second <= 60;
        is_valid.then(|| {
            TimeDelta::seconds(i64::from(hour * 3600 + minute * 60 + second)) + TimeDelta::microseconds(micros)
        })
    }

    fn micros(&mut self) -> Option<i64> {
        let mut digits = 0;
        let mut micros = 0;
        while let Some(digit) = self.digit() {
            if digits < 6 {
                micros = micros * 10 + i64::from(digit);
            }
            digits += 1;
        }
        (digits > 0).then(|| micros * 10_i64.pow(6_u32.saturating_sub(digits)))
    }

    fn number(&mut self, most: usize) -> Option<u32> {
        self.number_and_length(most).map(|(number, _)| number)
    }

    fn exactly_two(&mut self) -> Option<u32> {
        self.number_and_length(2).filter(|(_, length)| *length == 2).map(|(number, _)| number)
    }

    fn number_and_length(&mut self, most: usize) -> Option<(u32, usize)> {
        let mut number = 0;
        let mut length = 0;
        while length < most
            && let Some(digit) = self.digit()
        {
            number = number * 10 + digit;
            length += 1;
        }
        (length > 0).then_some((number, length))
    }

    fn digit(&mut self) -> Option<u32> {
        let digit = self.chars.peek()?.to_digit(10)?;
        self.chars.next();
        Some(digit)
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.chars.next_if(char::is_ascii_alphabetic) {
            word.push(c);
        }
        word
    }

    fn spaces(&mut self) {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
    }

    fn eat(&mut self, expected: char) -> bool {
        self.chars.next_if_eq(&expected).is_some()
    }

    fn is_at(&mut self, matches: impl Fn(char) -> bool) -> bool {
        self.chars.peek().is_some_and(|c| matches(*c))
    }

    fn is_at_end(&mut self) -> bool {
        self.chars.peek().is_none()
    }
}
