//! What the articles of a list have in common, as it is answered.

use super::{Kind, View, filter::date};
use serde_json::{Value, json};
use std::{cmp::Reverse, collections::BTreeMap};

/// The facets, and the parts of `where` that each leaves out.
pub const FACETS: [(&str, &[&str]); 5] = [
    ("categories", &["inCategory", "categories"]),
    ("authors", &["authors"]),
    ("tags", &["tags"]),
    ("locales", &["locale"]),
    ("years", &["publishedAt"]),
];

impl View<'_> {
    /// The articles of the site that a facet of a list counts.
    #[must_use]
    pub fn counted(&self, facet: &str, filter: &Value) -> Vec<usize> {
        let (_, left_out) = FACETS.iter().find(|(name, _)| *name == facet).expect("it is one of them");
        let mut filter = filter.clone();
        if let Some(fields) = filter.as_object_mut() {
            fields.retain(|name, _| !left_out.contains(&name.as_str()));
        }
        self.list(Kind::Article, &filter, &Value::Null)
    }

    /// A facet of these articles, at most so many groups of it where it has a length.
    #[must_use]
    pub fn facet(&self, facet: &str, articles: &[usize], first: usize) -> Value {
        match facet {
            "categories" => self.groups(Kind::Category, articles, first),
            "authors" => self.groups(Kind::Author, articles, first),
            "tags" => self.groups(Kind::Tag, articles, first),
            "locales" => self.locales(articles),
            _ => self.years(articles),
        }
    }

    fn groups(&self, kind: Kind, articles: &[usize], first: usize) -> Value {
        let has = |row: usize| {
            let is_of = |article: &&usize| self.is_owned(&self.content.articles[**article], Self::owner(kind, row));
            articles.iter().filter(is_of).count()
        };
        let names = |row: usize| match kind {
            Kind::Category => {
                let names = &self.content.categories[row].names;
                [names[names.len() - 1..].to_vec(), vec![names.join("\u{1f}")]].concat()
            }
            Kind::Author => vec![self.content.authors[row].name.clone()],
            _ => vec![self.content.tags[row].name.clone()],
        };
        let mut groups: Vec<(Reverse<usize>, Vec<String>, usize)> = (0..self.count(kind))
            .map(|row| (Reverse(has(row)), names(row), row))
            .filter(|(count, ..)| count.0 > 0)
            .collect();
        groups.sort_unstable();
        let groups = groups.into_iter().take(first);
        groups.map(|(count, _, row)| json!({ "node": { "id": self.id(kind, row) }, "count": count.0 })).collect()
    }

    fn locales(&self, articles: &[usize]) -> Value {
        let mut locales: BTreeMap<&str, usize> = BTreeMap::new();
        for article in articles {
            *locales.entry(&self.content.articles[*article].locale).or_default() += 1;
        }
        let mut locales: Vec<(Reverse<usize>, &str)> =
            locales.into_iter().map(|(locale, count)| (Reverse(count), locale)).collect();
        locales.sort_unstable();
        locales.into_iter().map(|(count, locale)| json!({ "locale": locale, "count": count.0 })).collect()
    }

    fn years(&self, articles: &[usize]) -> Value {
        let mut years: BTreeMap<Reverse<i64>, BTreeMap<Reverse<i64>, usize>> = BTreeMap::new();
        for article in articles {
            let (year, month, _) = date(self.content.articles[*article].published_at);
            *years.entry(Reverse(year)).or_default().entry(Reverse(month)).or_default() += 1;
        }
        let months = |months: &BTreeMap<Reverse<i64>, usize>| {
            months.iter().map(|(month, count)| json!({ "month": month.0, "count": count })).collect::<Value>()
        };
        let year = |(year, of): (&Reverse<i64>, &BTreeMap<Reverse<i64>, usize>)| json!({ "year": year.0, "count": of.values().sum::<usize>(), "months": months(of) });
        years.iter().map(year).collect()
    }
}
