//! Makes the articles, by the rules of `tests/search/README.md`: always the same ones.

use super::read;
use crate::model::random::Random;
use chrono::{DateTime, Duration};
use serde::Deserialize;
use serde_json::json;
use std::{collections::HashMap, fmt::Write};

/// How many articles there are.
pub const COUNT: u64 = 2_000;

/// One of so many articles is an anchor, as long as there are any; the first one has this number.
const ANCHORS: (u64, u64) = (14, 5);

/// 2020-01-01, in seconds.
const BEGIN: i64 = 1_577_836_800;

/// An article as it is written down.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its own.
    pub slug: String,
    /// One of five.
    pub locale: String,
    /// Without markup.
    pub title: String,
    /// Paragraphs, each a line.
    pub text: String,
    /// Chains of names.
    pub categories: Vec<Vec<String>>,
    /// Names.
    pub tags: Vec<String>,
    /// As RFC 3339 has it.
    pub published_at: String,
}

impl Article {
    /// As a line of JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let Self { slug, locale, title, text, categories, tags, published_at } = self;
        let json = json!({
            "slug": slug, "locale": locale, "title": title, "text": text,
            "categories": categories, "tags": tags, "publishedAt": published_at,
        });
        format!("{json}\n")
    }
}

/// All articles.
#[must_use]
pub fn corpus() -> Vec<Article> {
    let data = Data::read();
    (0..COUNT).map(|number| data.article(number)).collect()
}

#[derive(Deserialize)]
struct Topic {
    id: String,
    locale: String,
    categories: Vec<Vec<String>>,
    tags: Vec<String>,
    titles: Vec<String>,
    sentences: Vec<String>,
}

#[derive(Deserialize)]
struct Topics {
    topics: Vec<Topic>,
}

#[derive(Deserialize)]
struct Anchor {
    slug: String,
    locale: String,
    categories: Vec<Vec<String>>,
    tags: Vec<String>,
    title: String,
    paragraphs: Vec<String>,
    pad: usize,
}

#[derive(Deserialize)]
struct Anchors {
    anchors: Vec<Anchor>,
}

/// By locale.
#[derive(Deserialize)]
struct Filler {
    who: HashMap<String, Vec<String>>,
    #[serde(rename = "where")]
    places: HashMap<String, Vec<String>>,
    sentences: HashMap<String, Vec<String>>,
}

struct Data {
    topics: Vec<Topic>,
    anchors: Vec<Anchor>,
    filler: Filler,
}

impl Data {
    fn read() -> Self {
        let Topics { topics } = read("topics.json");
        let Anchors { anchors } = read("anchors.json");
        Self { topics, anchors, filler: read("filler.json") }
    }

    fn article(&self, number: u64) -> Article {
        let mut random = Random::at(number);
        let published_at = date(&mut random);
        let (every, first) = ANCHORS;
        let anchor = usize::try_from(number / every).expect("there are few articles");
        match self.anchors.get(anchor).filter(|_| number % every == first) {
            Some(anchor) => self.anchor(&mut random, anchor, published_at),
            None => self.generated(&mut random, number, published_at),
        }
    }

    fn anchor(&self, random: &mut Random, anchor: &Anchor, published_at: String) -> Article {
        let pad = draw(random, &self.filler.sentences[&anchor.locale], anchor.pad);
        let pad = self.paragraphs(random, &pad, &anchor.locale);
        let (first, rest) = anchor.paragraphs.split_first().expect("an anchor has a text");
        let paragraphs: Vec<&str> = [first].into_iter().chain(&pad).chain(rest).map(String::as_str).collect();
        Article {
            slug: anchor.slug.clone(),
            locale: anchor.locale.clone(),
            title: anchor.title.clone(),
            text: paragraphs.join("\n"),
            categories: anchor.categories.clone(),
            tags: anchor.tags.clone(),
            published_at,
        }
    }

    fn generated(&self, random: &mut Random, number: u64, published_at: String) -> Article {
        let locale = locale(random);
        let topics: Vec<&Topic> = self.topics.iter().filter(|topic| topic.locale == locale).collect();
        let topic = random.pick(&topics);
        let pattern = random.pick(&topic.titles);
        let title = self.filled(random, pattern, locale);
        let sentences = self.sentences(random, topic, &topics);
        Article {
            slug: format!("{}-{number:04}", topic.id),
            locale: locale.to_owned(),
            title,
            text: self.paragraphs(random, &sentences, locale).join("\n"),
            categories: topic.categories.clone(),
            tags: topic.tags.clone(),
            published_at,
        }
    }

    /// Of the topic, general ones, and sometimes one of another topic.
    fn sentences<'a>(&'a self, random: &mut Random, topic: &'a Topic, topics: &[&'a Topic]) -> Vec<&'a str> {
        let own = 2 + random.below(3);
        let own = draw(random, &topic.sentences, own);
        let general = match random.below(10) {
            0..6 => 3 + random.below(6),
            6..9 => 9 + random.below(12),
            _ => 21 + random.below(30),
        };
        let (first, rest) = own.split_first().expect("two are drawn at least");
        let mut rest = rest.to_vec();
        rest.extend(draw(random, &self.filler.sentences[&topic.locale], general));
        if random.one_in(4) {
            let other = random.pick(topics);
            rest.push(random.pick(&other.sentences).as_str());
        }
        for last in (1..rest.len()).rev() {
            rest.swap(last, random.below(last + 1));
        }
        [*first].into_iter().chain(rest).collect()
    }

    fn paragraphs(&self, random: &mut Random, sentences: &[&str], locale: &str) -> Vec<String> {
        let space = if ["en", "ko"].contains(&locale) { " " } else { "" };
        let mut rest = sentences;
        let mut paragraphs = Vec::new();
        while !rest.is_empty() {
            let length = 2 + random.below(3);
            let (next, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = behind;
            let filled: Vec<String> = next.iter().map(|sentence| self.filled(random, sentence, locale)).collect();
            paragraphs.push(filled.join(space));
        }
        paragraphs
    }

    /// A pattern with its slots filled.
    fn filled(&self, random: &mut Random, pattern: &str, locale: &str) -> String {
        let mut text = String::new();
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once('{') {
            let (slot, behind) = behind.split_once('}').expect("a slot is closed");
            rest = behind;
            text.push_str(before);
            match slot {
                "n" => write!(text, "{}", 2 + random.below(97)).expect("a text takes what is written to it"),
                "who" => text.push_str(random.pick(&self.filler.who[locale]).as_str()),
                "where" => text.push_str(random.pick(&self.filler.places[locale]).as_str()),
                other => panic!("nothing is known of {other}"),
            }
        }
        text + rest
    }
}

fn date(random: &mut Random) -> String {
    let mut below = |end| i64::try_from(random.below(end)).expect("it is below a number of seconds");
    let (days, seconds) = (below(1_461), below(86_400));
    let begin = DateTime::from_timestamp(BEGIN, 0).expect("the year 2020 is in reach");
    (begin + Duration::days(days) + Duration::seconds(seconds)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn locale(random: &mut Random) -> &'static str {
    match random.below(100) {
        0..55 => "zh",
        55..63 => "zh-Hant",
        63..95 => "en",
        95..98 => "ja",
        _ => "ko",
    }
}

/// Some of these, each at most once.
fn draw<'a>(random: &mut Random, items: &'a [String], count: usize) -> Vec<&'a str> {
    let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
    let count = count.min(items.len());
    for at in 0..count {
        let other = at + random.below(items.len() - at);
        items.swap(at, other);
    }
    items.truncate(count);
    items
}
