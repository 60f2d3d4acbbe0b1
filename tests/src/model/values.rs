//! The random filters of single fields.

use super::{
    Kind,
    make::Maker,
    random::Random,
    words::{INSTANTS, TITLES},
};
use api::fold;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// What of a URL stays as it is when it is encoded.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'.').remove(b'-').remove(b'_').remove(b'?').remove(b'=');

impl Maker<'_> {
    pub(super) fn of_texts(&mut self, sample: Option<&str>, is_nullable: bool, is_path: bool) -> Value {
        let mut filter = Map::new();
        for _ in 0..[1, 1, 1, 2][self.random.below(4)] {
            let (operator, value) = match self.random.below(16) {
                0..4 => ("eq", json!(self.text(sample, is_path, true))),
                4..6 => ("ne", json!(self.text(sample, is_path, true))),
                6..8 => ("in", json!(self.some_texts(sample, is_path))),
                8 => ("notIn", json!(self.some_texts(sample, is_path))),
                9..11 => ("contains", json!(self.text(sample, is_path, false))),
                11..13 => ("startsWith", json!(self.text(sample, is_path, false))),
                13..15 => ("endsWith", json!(self.text(sample, is_path, false))),
                _ if is_nullable || self.random.one_in(4) => ("isNull", json!(self.random.one_in(2))),
                _ => ("in", json!([])),
            };
            filter.insert(operator.to_owned(), value);
        }
        let fold =
            [None, None, None, Some(json!("LOOSE")), Some(json!("LOOSE")), Some(json!("NONE")), Some(Value::Null)];
        if let Some(fold) = self.random.pick(&fold) {
            filter.insert("fold".to_owned(), fold.clone());
        }
        Value::Object(filter)
    }

    fn some_texts(&mut self, sample: Option<&str>, is_path: bool) -> Vec<String> {
        let count = [0, 1, 2, 4][self.random.below(4)];
        (0..count).map(|_| self.text(sample, is_path, true)).collect()
    }

    fn text(&mut self, sample: Option<&str>, is_path: bool, is_whole: bool) -> String {
        let sample = match (self.random.below(12), sample) {
            (0, _) => (*self.random.pick(&TITLES)).to_owned(),
            (1, _) | (_, None) => {
                (*self.random.pick(&["", "%", "_", "\\", "\\%", "'", "\"", "\u{302}", "🌊", "/", "台"])).to_owned()
            }
            (_, Some(sample)) => sample.to_owned(),
        };
        let sample = if is_whole && !self.random.one_in(6) { sample } else { self.part(&sample) };
        let sample = if is_path { self.spelling(&sample) } else { sample };
        match self.random.below(8) {
            0 => sample.to_uppercase(),
            1 => sample.to_lowercase(),
            2 => fold::loose(&sample),
            _ => sample,
        }
    }

    fn part(&mut self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let (one, other) = (self.random.below(characters.len() + 1), self.random.below(characters.len() + 1));
        match self.random.below(4) {
            0 => characters[..one].iter().collect(),
            1 => characters[one..].iter().collect(),
            _ => characters[one.min(other)..one.max(other)].iter().collect(),
        }
    }

    /// A path as a client may write it.
    fn spelling(&mut self, path: &str) -> String {
        let path = match self.random.below(6) {
            0 => path.trim_end_matches('/').to_owned(),
            1 => path.trim_start_matches('/').to_owned(),
            2 if path.starts_with('/') => format!("https://tide.example.com{path}"),
            3 if !path.ends_with('/') => format!("{path}/"),
            _ => path.to_owned(),
        };
        if self.random.one_in(2) {
            return path;
        }
        utf8_percent_encode(&path, KEPT).to_string()
    }

    pub(super) fn of_ids(&mut self, kind: Kind, row: usize) -> Value {
        let value = match *self.random.pick(&["eq", "eq", "ne", "in", "notIn"]) {
            operator @ ("eq" | "ne") => (operator, json!(self.id(kind, row))),
            operator => {
                let count = [0, 1, 3, 10][self.random.below(4)];
                (operator, (0..count).map(|_| json!(self.id(kind, row))).collect())
            }
        };
        Value::Object(Map::from_iter([(value.0.to_owned(), value.1)]))
    }

    fn id(&mut self, kind: Kind, row: usize) -> String {
        match self.random.below(12) {
            0 => "garbage".to_owned(),
            1 => self.view.id(Kind::Author, 0),
            2..6 => self.view.id(kind, self.random.below(self.view.count(kind))),
            _ => self.view.id(kind, row),
        }
    }

    pub(super) fn of_numbers(&mut self, is_nullable: bool) -> Value {
        let mut filter = Map::new();
        for _ in 0..[1, 1, 2][self.random.below(3)] {
            let number = |random: &mut Random| {
                *random.pick(&[0, 1, 2, 99, 100, 150, 200, 300, 640, 100_000, -1, i32::MAX, i32::MIN])
            };
            let operator = *self.random.pick(&["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "isNull"]);
            let value = match operator {
                "isNull" if !is_nullable && !self.random.one_in(5) => continue,
                "isNull" => json!(self.random.one_in(2)),
                "in" | "notIn" => (0..self.random.below(4)).map(|_| json!(number(&mut self.random))).collect(),
                _ => json!(number(&mut self.random)),
            };
            filter.insert(operator.to_owned(), value);
        }
        Value::Object(filter)
    }

    pub(super) fn of_instants(&mut self) -> Value {
        let mut filter = Map::new();
        for _ in 0..[1, 1, 1, 2][self.random.below(4)] {
            let operator = *self.random.pick(&["eq", "ne", "lt", "lte", "gt", "gte", "within", "within"]);
            let instant = self.random.pick(&INSTANTS);
            let value = if operator == "within" { self.period() } else { json!(instant) };
            filter.insert(operator.to_owned(), value);
        }
        Value::Object(filter)
    }

    fn period(&mut self) -> Value {
        let (year, month, day) = *self.random.pick(&[
            (2022, 8, 16),
            (2024, 2, 29),
            (2024, 3, 1),
            (2024, 1, 1),
            (2023, 12, 31),
            (1970, 1, 1),
            (1969, 12, 31),
            (2026, 11, 22),
            (2026, 12, 1),
            (9999, 12, 31),
            (1, 1, 1),
            (1986, 6, 30),
        ]);
        match self.random.below(4) {
            0 => json!({ "year": year }),
            1 => json!({ "year": year, "month": month, "day": null }),
            2 => json!({ "year": year, "month": month }),
            _ => json!({ "year": year, "month": month, "day": day }),
        }
    }

    pub(super) fn of_status(&mut self) -> Value {
        if !self.view.is_preview && !self.random.one_in(6) {
            return self.random.pick(&[json!({ "eq": "PUBLISHED" }), json!({ "in": ["PUBLISHED"] })]).clone();
        }
        let status = |random: &mut Random| *random.pick(&["DRAFT", "SCHEDULED", "PUBLISHED"]);
        let (one, other) = (status(&mut self.random), status(&mut self.random));
        match self.random.below(5) {
            0 => json!({}),
            1 => json!({ "eq": one }),
            2 => json!({ "ne": one }),
            3 => json!({ "in": [one, other] }),
            _ => json!({ "notIn": [one] }),
        }
    }

    pub(super) fn named(&mut self, article: usize) -> Value {
        let leaves = &self.view.content.articles[article].categories;
        let row = match leaves.first() {
            Some(leaf) => self.view.content.categories[*leaf].parent.filter(|_| self.random.one_in(2)).unwrap_or(*leaf),
            None => self.random.below(self.view.count(Kind::Category)),
        };
        let category = &self.view.content.categories[row];
        match self.random.below(6) {
            0 => json!({ "id": self.view.id(Kind::Category, row) }),
            1 => json!({ "slug": category.slug }),
            2 => json!({ "names": category.names }),
            3 => json!({ "names": ["nowhere"] }),
            _ => json!({ "path": self.spelling(&category.path).replace("https://tide.example.com", "") }),
        }
    }
}
