//! The four dates of a post, each from the first place that tells it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;

use super::rules::{DateKeys, DateSource};
use crate::import::{
    date,
    document::{PostFile, Refusal},
    post::{Keys, keys},
};

/// The keys that are dates without any configuration.
const KEYS: [&str; 8] =
    ["date", "publishdate", "pubdate", "published", "lastmod", "modified", "expirydate", "unpublishdate"];

/// What a post says about time.
pub(super) struct Dates {
    pub(super) published_at: Option<DateTime<Utc>>,
    /// Of the post's date, as its author's clock showed it: permalinks are made of that. The year 1 where there is none.
    pub(super) wall: NaiveDateTime,
    pub(super) updated_at: Option<DateTime<Utc>>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    /// What follows the date in the name of the file, where that is where the date is from.
    pub(super) slug: Option<String>,
}

/// An instant, and what a clock showed then.
#[derive(Clone)]
struct Moment {
    instant: DateTime<Utc>,
    wall: NaiveDateTime,
    /// Of the key that told it.
    key: Option<String>,
    slug: Option<String>,
}

impl Moment {
    fn utc(instant: DateTime<Utc>) -> Self {
        Self { instant, wall: instant.naive_utc(), key: None, slug: None }
    }
}

/// Reads them, and takes their keys.
///
/// # Errors
///
/// `Refusal::Date` where a key that counts holds no date.
pub(super) fn read(
    keys: &mut Keys,
    file: &PostFile,
    name: &str,
    zone: Tz,
    sources: &DateKeys,
) -> Result<Dates, Refusal> {
    let mut reading = Reading { keys, file, name, zone };
    let date = reading.first(&sources.date)?;
    let publish = reading.first(&sources.publish)?.or_else(|| date.clone());
    let changed = reading.first(&sources.lastmod)?;
    let expiry = reading.first(&sources.expiry)?;
    let date = date.or_else(|| publish.clone());

    // Hugo sorts by `date` and shows from `publishDate` on. What it hides now is hidden here, and what it shows now is shown.
    let is_to_come = [&date, &publish].into_iter().flatten().any(|moment| moment.instant > file.now);
    let published = if is_to_come { &publish } else { &date };
    let published_at = published.as_ref().map(|moment| moment.instant);
    forget(keys, [&date, published, &changed, &expiry].into_iter().flatten());
    // Where nothing tells a change, a date of the post stands for it; that is none of a change.
    let is_of_post = |key: &str| matches!(key, "date" | "publishdate" | "pubdate" | "published");
    let is_of_change = |moment: &Moment| !moment.key.as_deref().is_some_and(is_of_post);
    Ok(Dates {
        published_at,
        wall: date.as_ref().map_or_else(year_one, |date| date.wall),
        updated_at: changed.filter(is_of_change).map(|changed| changed.instant),
        expires_at: expiry.map(|expiry| expiry.instant),
        slug: date.and_then(|date| date.slug),
    })
}

/// Takes the keys that a field holds, and those that say nothing. Any other stays among the extra fields.
fn forget<'m>(keys: &mut Keys, used: impl Iterator<Item = &'m Moment>) {
    for key in used.filter_map(|moment| moment.key.as_deref()) {
        keys.rest.shift_remove(key);
    }
    keys.rest.retain(|key, value| !(KEYS.contains(&key.as_str()) && is_blank(value)));
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn year_one() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default().into()
}

struct Reading<'r, 'k> {
    keys: &'r mut Keys<'k>,
    file: &'r PostFile<'r>,
    name: &'r str,
    zone: Tz,
}

impl Reading<'_, '_> {
    fn first(&mut self, sources: &[DateSource]) -> Result<Option<Moment>, Refusal> {
        for source in sources {
            let moment = match source {
                DateSource::Key(key) => self.of_key(key)?,
                DateSource::Filename => of_name(self.name, self.zone),
                DateSource::FileTime => Some(Moment::utc(self.file.changed_at)),
            };
            if moment.is_some() {
                return Ok(moment);
            }
        }
        Ok(None)
    }

    fn of_key(&mut self, key: &str) -> Result<Option<Moment>, Refusal> {
        let Some(value) = self.keys.rest.get(key) else { return Ok(None) };
        if is_blank(value) {
            return Ok(None);
        }
        let text = keys::scalar(value).unwrap_or_else(|| value.to_string());
        let moment = match value.as_i64() {
            Some(seconds) => self.of_seconds(key, seconds),
            None => self.of_text(key, &text),
        };
        let refused = |reason| Refusal::Date { line: self.keys.line_of(key), key: shown(key), reason };
        moment.map(|moment| Some(Moment { key: Some(key.to_owned()), ..moment })).map_err(refused)
    }

    /// Numbers are seconds since 1970, as Hugo has it.
    fn of_seconds(&mut self, key: &str, seconds: i64) -> Result<Moment, date::DateError> {
        if (10_000_101..=99_991_231).contains(&seconds) {
            let message = format!("`{seconds}` is read as seconds since 1970, as Hugo does: write a date with hyphens");
            self.keys.warn(key, message);
        }
        let instant = DateTime::from_timestamp(seconds, 0).ok_or(date::DateError::OutOfRange(seconds.to_string()))?;
        date::parse(&instant.to_rfc3339(), self.zone).map(Moment::utc)
    }

    fn of_text(&mut self, key: &str, text: &str) -> Result<Moment, date::DateError> {
        let instant = date::parse(text, self.zone)?;
        if let Some(caution) = date::caution(text) {
            self.keys.warn(key, format!("`{text}` {caution}"));
        }
        let wall = date::parse(without_zone(text), chrono_tz::UTC).unwrap_or(instant).naive_utc();
        Ok(Moment { instant, wall, key: None, slug: None })
    }
}

/// A date without the zone behind it: `+08:00`, `-0700`, `Z`, `GMT`.
fn without_zone(text: &str) -> &str {
    let bare = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let sign = bare.find(':').and_then(|clock| Some(clock + bare.get(clock..)?.find(['+', '-'])?));
    sign.and_then(|sign| bare.get(..sign)).unwrap_or(bare).trim_end()
}

/// `2021-03-04-name`, and `2021-03-04-13-14-15-name`.
fn of_name(name: &str, zone: Tz) -> Option<Moment> {
    let (day, rest) = name.split_at_checked(10)?;
    let clock = rest.get(1..9).filter(|clock| {
        let is_apart = |c: char| matches!(c, ' ' | '-' | '_');
        rest.starts_with(is_apart)
            && rest.get(9..).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_apart))
            && clock.char_indices().all(|(at, c)| if at % 3 == 2 { c == '-' } else { c.is_ascii_digit() })
    });
    let is_day = day.char_indices().all(|(at, c)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() });
    let whole = clock.map(|clock| format!("{day} {}", clock.replace('-', ":")));
    let read = |text: &str| Some((date::parse(text, zone).ok()?, date::parse(text, chrono_tz::UTC).ok()?));
    let with_clock = whole.as_deref().filter(|_| is_day).and_then(read);
    let slug = if with_clock.is_some() { rest.get(9..).unwrap_or_default() } else { rest };
    let (instant, wall) = with_clock.or_else(|| read(day).filter(|_| is_day))?;
    let slug = slug.trim_matches([' ', '-', '_']);
    let slug = (!slug.is_empty()).then(|| slug.to_owned());
    Some(Moment { instant, wall: wall.naive_utc(), key: None, slug })
}

/// A key as Hugo's documentation writes it.
fn shown(key: &str) -> &'static str {
    match key {
        "publishdate" => "publishDate",
        "pubdate" => "pubDate",
        "published" => "published",
        "lastmod" => "lastmod",
        "modified" => "modified",
        "expirydate" => "expiryDate",
        "unpublishdate" => "unpublishDate",
        _ => "date",
    }
}

/// Whether a value says yes or no rather than when.
pub(super) fn is_flag(value: &Value) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "0", "1"];
    keys::scalar(value).is_some_and(|text| words.contains(&text.trim().to_ascii_lowercase().as_str()))
}
