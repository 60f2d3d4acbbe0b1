//! Which rows pass a `where`, given as the JSON of its variable.

use super::{
    Article, Kind, Owner, View,
    order::compare,
    text::{self, Form},
};
use chrono::{DateTime, Datelike};
use chrono_tz::Asia::Shanghai;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// What is given of an object: null is as if absent.
pub(super) fn given(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let fields = value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| (name.as_str(), value))
}

/// The values of a list; one that is none stands for a list of itself.
pub(super) fn listed(value: &Value) -> &[Value] {
    value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice)
}

/// The branches of a filter, and whether each stands under a `not`.
fn branches(filter: &Value) -> impl Iterator<Item = (&Value, bool)> {
    given(filter).flat_map(|(name, value)| match name {
        "and" | "or" => listed(value).iter().map(|each| (each, false)).collect(),
        "not" => vec![(value, true)],
        _ => Vec::new(),
    })
}

/// A filter that says nothing is as if absent.
fn says_something(filter: &Value) -> bool {
    given(filter).next().is_some()
}

/// Whether a filter of articles says anywhere which statuses are meant.
fn asks_for_status(filter: &Value) -> bool {
    given(filter).any(|(name, value)| name == "status" && says_something(value))
        || branches(filter).any(|(each, _)| asks_for_status(each))
}

/// Whether a reader who is no preview reader may ask this: nothing that could let others than published articles pass.
#[must_use]
pub fn is_public(filter: &Value) -> bool {
    fn check(filter: &Value, is_negated: bool) -> bool {
        let asks = |status: &str| {
            given(filter).any(|(name, value)| {
                name == "status" && says_something(value) && of_status(value, status) != is_negated
            })
        };
        let own = !asks("DRAFT") && !asks("SCHEDULED");
        own && branches(filter).all(|(each, is_not)| check(each, is_negated != is_not))
    }
    check(filter, false)
}

fn of_status(filter: &Value, status: &str) -> bool {
    given(filter).all(|(operator, value)| {
        let is_one = listed(value).iter().any(|asked| asked == status);
        match operator {
            "eq" | "in" => is_one,
            "ne" | "notIn" => !is_one,
            other => panic!("statuses have no {other}"),
        }
    })
}

fn of_id(filter: &Value, id: &str) -> bool {
    given(filter).all(|(operator, value)| {
        let is_one = listed(value).iter().any(|asked| asked == id);
        match operator {
            "eq" | "in" => is_one,
            "ne" | "notIn" => !is_one,
            other => panic!("ids have no {other}"),
        }
    })
}

fn of_number(filter: &Value, number: Option<i64>) -> bool {
    given(filter).all(|(operator, value)| {
        let is_one = listed(value).iter().any(|asked| number.is_some() && asked.as_i64() == number);
        let asked = value.as_i64().unwrap_or_default();
        match operator {
            "isNull" => *value == Value::Bool(number.is_none()),
            "eq" | "in" => is_one,
            "ne" | "notIn" => !is_one,
            "lt" => number.is_some_and(|number| number < asked),
            "lte" => number.is_some_and(|number| number <= asked),
            "gt" => number.is_some_and(|number| number > asked),
            "gte" => number.is_some_and(|number| number >= asked),
            other => panic!("numbers have no {other}"),
        }
    })
}

fn of_instant(filter: &Value, at: i64) -> bool {
    given(filter).all(|(operator, value)| {
        let asked = || crate::app::instant(value.as_str().expect("instants are asked as text")).0;
        match operator {
            "eq" => at == asked(),
            "ne" => at != asked(),
            "lt" => at < asked(),
            "lte" => at <= asked(),
            "gt" => at > asked(),
            "gte" => at >= asked(),
            "within" => is_within(value, at),
            other => panic!("instants have no {other}"),
        }
    })
}

fn is_within(period: &Value, at: i64) -> bool {
    let (year, month, day) = date(at);
    let is = |name, part: i64| period[name].is_null() || period[name] == part;
    is("year", year) && is("month", month) && is("day", day)
}

/// Year, month and day where the site is.
pub(super) fn date(at: i64) -> (i64, i64, i64) {
    let there = DateTime::from_timestamp_micros(at).expect("instants are within reach").with_timezone(&Shanghai);
    (there.year().into(), there.month().into(), there.day().into())
}

impl View<'_> {
    /// The list of the site under a filter, in its order.
    #[must_use]
    pub fn list(&self, kind: Kind, filter: &Value, order: &Value) -> Vec<usize> {
        let is_on = |row: &usize| self.exists(kind, filter, *row) && self.passes(kind, filter, *row);
        let mut rows: Vec<usize> = (0..self.count(kind)).filter(is_on).collect();
        rows.sort_by(|one, other| compare(*self, kind, order, *one, *other));
        rows
    }

    /// What of a list of articles is on that of an owner.
    #[must_use]
    pub fn owned(&self, articles: &[usize], owner: Owner) -> Vec<usize> {
        articles.iter().copied().filter(|row| self.is_owned(&self.content.articles[*row], owner)).collect()
    }

    /// Whether a row is on the list of the site, before its filter is asked.
    fn exists(&self, kind: Kind, filter: &Value, row: usize) -> bool {
        let mut articles = self.content.articles.iter();
        let is_seen = |article: &Article| self.is_preview || self.is_published(article);
        match kind {
            Kind::Article => {
                let article = &self.content.articles[row];
                self.is_published(article) || (self.is_preview && asks_for_status(filter))
            }
            Kind::Category | Kind::Author => true,
            Kind::Tag => articles.any(|article| is_seen(article) && article.tags.contains(&row)),
            Kind::Image => {
                articles.any(|article| is_seen(article) && article.images.contains(&row))
                    || self.content.authors.iter().any(|author| author.avatar == Some(row))
            }
        }
    }

    /// Whether a row passes a filter of its type.
    #[must_use]
    pub fn passes(&self, kind: Kind, filter: &Value, row: usize) -> bool {
        given(filter).all(|(name, value)| match name {
            "and" => listed(value).iter().all(|each| self.passes(kind, each, row)),
            "or" => listed(value).iter().any(|each| self.passes(kind, each, row)),
            "not" => !self.passes(kind, value, row),
            "id" => of_id(value, &self.id(kind, row)),
            "hasArticles" => *value == Value::Bool(self.article_count(Self::owner(kind, row)) > 0),
            _ => match kind {
                Kind::Article => self.article(name, value, row),
                Kind::Category => self.category(name, value, row),
                Kind::Author => self.author(name, value, row),
                Kind::Tag => self.tag(name, value, row),
                Kind::Image => self.image(name, value, row),
            },
        })
    }

    fn article(&self, name: &str, filter: &Value, row: usize) -> bool {
        let article = &self.content.articles[row];
        let plain = |text: &str| text::holds(filter, Some(text), Form::Plain);
        match name {
            "slug" => plain(&article.slug),
            "path" => text::holds(filter, Some(&article.path), Form::Path),
            "title" => plain(&article.title),
            "locale" => plain(&article.locale),
            "sourceUrl" => text::holds(filter, article.source_url.as_deref(), Form::Plain),
            "status" => of_status(filter, self.status(article)),
            "publishedAt" => of_instant(filter, article.published_at),
            "createdAt" => of_instant(filter, article.created_at),
            "updatedAt" => of_instant(filter, article.updated_at),
            "commentsEnabled" => *filter == Value::Bool(article.comments_enabled),
            "wordCount" => of_number(filter, Some(article.word_count)),
            "hasCover" => *filter == Value::Bool(article.has_cover),
            "authors" => self.related(Kind::Author, filter, &article.authors),
            "categories" => self.related(Kind::Category, filter, &article.categories),
            "tags" => self.related(Kind::Tag, filter, &article.tags),
            "images" => self.related(Kind::Image, filter, &article.images),
            "inCategory" => self.named(filter).is_some_and(|category| self.is_in(article, category)),
            other => panic!("articles have no {other}"),
        }
    }

    fn status(&self, article: &Article) -> &'static str {
        match (article.is_draft, self.is_published(article)) {
            (true, _) => "DRAFT",
            (false, true) => "PUBLISHED",
            (false, false) => "SCHEDULED",
        }
    }

    fn related(&self, kind: Kind, filter: &Value, rows: &[usize]) -> bool {
        given(filter).all(|(quantity, filter)| match quantity {
            "some" => rows.iter().any(|row| self.passes(kind, filter, *row)),
            "every" => rows.iter().all(|row| self.passes(kind, filter, *row)),
            "none" => !rows.iter().any(|row| self.passes(kind, filter, *row)),
            other => panic!("what belongs to articles has no {other}"),
        })
    }

    /// The category of this name.
    fn named(&self, by: &Value) -> Option<usize> {
        let (name, value) = given(by).next().expect("one name is given");
        let bare = |path: &str| path.trim_matches('/').to_owned();
        let text = value.as_str().unwrap_or_default();
        let decoded = percent_decode_str(text).decode_utf8().unwrap_or_default();
        (0..self.count(Kind::Category)).find(|row| {
            let category = &self.content.categories[*row];
            match name {
                "id" => self.id(Kind::Category, *row) == text,
                "slug" => category.slug == text,
                "path" => [bare(text), bare(&decoded)].contains(&bare(&category.path)),
                "names" => listed(value).iter().eq(category.names.iter()),
                other => panic!("categories are not named by {other}"),
            }
        })
    }

    fn category(&self, name: &str, filter: &Value, row: usize) -> bool {
        let category = &self.content.categories[row];
        match name {
            "slug" => text::holds(filter, Some(&category.slug), Form::Plain),
            "name" => text::holds(filter, category.names.last().map(String::as_str), Form::Plain),
            "path" => text::holds(filter, Some(&category.path), Form::Path),
            "parent" => category.parent.is_some_and(|parent| self.passes(Kind::Category, filter, parent)),
            "isRoot" => *filter == Value::Bool(category.parent.is_none()),
            other => panic!("categories have no {other}"),
        }
    }

    fn author(&self, name: &str, filter: &Value, row: usize) -> bool {
        let author = &self.content.authors[row];
        match name {
            "slug" => text::holds(filter, Some(&author.slug), Form::Plain),
            "name" => text::holds(filter, Some(&author.name), Form::Plain),
            other => panic!("authors have no {other}"),
        }
    }

    fn tag(&self, name: &str, filter: &Value, row: usize) -> bool {
        let tag = &self.content.tags[row];
        match name {
            "slug" => text::holds(filter, Some(&tag.slug), Form::Plain),
            "name" => text::holds(filter, Some(&tag.name), Form::Plain),
            other => panic!("tags have no {other}"),
        }
    }

    fn image(&self, name: &str, filter: &Value, row: usize) -> bool {
        let image = &self.content.images[row];
        match name {
            "originalUrl" => text::holds(filter, Some(&image.original_url), Form::Url),
            "mimeType" => text::holds(filter, image.mime_type.as_deref(), Form::Plain),
            "width" => of_number(filter, image.width),
            "height" => of_number(filter, image.height),
            other => panic!("images have no {other}"),
        }
    }
}
