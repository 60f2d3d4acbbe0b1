//! Random questions: filters, orders and pages as JSON, made of what is stored, so that they find some of it.

use super::{Kind, View, page::Page, random::Random};
use serde_json::{Map, Value, json};

/// What a field of a filter is.
#[derive(Clone, Copy, Debug)]
enum Field {
    Text,
    NullableText,
    Path,
    Number,
    NullableNumber,
    Instant,
    Flag,
    Status,
    Of(Kind),
    Parent,
    Named,
}

const ARTICLE: [(&str, Field); 17] = [
    ("slug", Field::Text),
    ("path", Field::Path),
    ("title", Field::Text),
    ("locale", Field::Text),
    ("sourceUrl", Field::NullableText),
    ("status", Field::Status),
    ("publishedAt", Field::Instant),
    ("createdAt", Field::Instant),
    ("updatedAt", Field::Instant),
    ("commentsEnabled", Field::Flag),
    ("wordCount", Field::Number),
    ("hasCover", Field::Flag),
    ("authors", Field::Of(Kind::Author)),
    ("categories", Field::Of(Kind::Category)),
    ("inCategory", Field::Named),
    ("tags", Field::Of(Kind::Tag)),
    ("images", Field::Of(Kind::Image)),
];

const CATEGORY: [(&str, Field); 6] = [
    ("slug", Field::Text),
    ("name", Field::Text),
    ("path", Field::Path),
    ("parent", Field::Parent),
    ("isRoot", Field::Flag),
    ("hasArticles", Field::Flag),
];

const NAMED: [(&str, Field); 3] = [("slug", Field::Text), ("name", Field::Text), ("hasArticles", Field::Flag)];

const IMAGE: [(&str, Field); 5] = [
    ("originalUrl", Field::Path),
    ("originalUrl", Field::Path),
    ("mimeType", Field::NullableText),
    ("width", Field::NullableNumber),
    ("height", Field::NullableNumber),
];

const fn fields(kind: Kind) -> &'static [(&'static str, Field)] {
    match kind {
        Kind::Article => &ARTICLE,
        Kind::Category => &CATEGORY,
        Kind::Author | Kind::Tag => &NAMED,
        Kind::Image => &IMAGE,
    }
}

/// Makes questions up.
pub struct Maker<'a> {
    /// About what is stored.
    pub view: View<'a>,
    /// The same ones for the same stream.
    pub random: Random,
}

impl Maker<'_> {
    /// A filter of at most so many levels, often one that some row passes.
    pub fn filter(&mut self, kind: Kind, depth: usize) -> Value {
        let row = self.random.below(self.view.count(kind));
        let depth = [0, 0, 1, depth][self.random.below(4)];
        self.filter_near(kind, row, depth)
    }

    /// Made of what this row has, more often than not.
    fn filter_near(&mut self, kind: Kind, row: usize, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..[0, 1, 1, 1, 1, 1, 2, 3][self.random.below(8)] {
            let row = if self.random.one_in(4) { self.random.below(self.view.count(kind)) } else { row };
            let (name, value) = match self.random.below(12) {
                0 if depth > 0 => ("and", self.branches(kind, row, depth)),
                1 | 2 if depth > 0 => ("or", self.branches(kind, row, depth)),
                3 if depth > 0 => ("not", self.filter_near(kind, row, depth - 1)),
                4 => ("id", self.of_ids(kind, row)),
                _ => {
                    let (name, field) = *self.random.pick(fields(kind));
                    (name, self.field(kind, row, name, field, depth))
                }
            };
            let value = if self.random.one_in(25) { Value::Null } else { value };
            filter.insert(name.to_owned(), value);
        }
        Value::Object(filter)
    }

    /// An order by up to three fields, or by none.
    pub fn order(&mut self, kind: Kind) -> Value {
        let count = [0, 1, 1, 2, 2, 3][self.random.below(6)];
        if count == 0 && self.random.one_in(2) { Value::Null } else { self.order_of(kind, count) }
    }

    /// An order by so many fields.
    pub fn order_of(&mut self, kind: Kind, count: usize) -> Value {
        let field = |random: &mut Random| {
            let direction = *random.pick(&["ASC", "DESC"]);
            json!({ "field": random.pick(kind.orders()), "direction": direction })
        };
        (0..count).map(|_| field(&mut self.random)).collect()
    }

    /// A page between rows of which these have cursors.
    pub fn page(&mut self, known: &[usize]) -> Page {
        let size = [0, 1, 2, 3, 7, 20, 1_000][self.random.below(7)];
        let (first, last) = match self.random.below(5) {
            0 => (None, None),
            1 | 2 => (Some(size), None),
            _ => (None, Some(size)),
        };
        if known.is_empty() || self.random.one_in(3) {
            let offset = Some([0, 1, 2, 5, 30, 2_147_483_647][self.random.below(6)]);
            return Page { first, last, offset: offset.filter(|_| !self.random.one_in(3)), ..Page::default() };
        }
        let after = self.random.one_in(2).then(|| *self.random.pick(known));
        let before = (after.is_none() || self.random.one_in(3)).then(|| *self.random.pick(known));
        Page { first, last, after, before, offset: None }
    }

    fn branches(&mut self, kind: Kind, row: usize, depth: usize) -> Value {
        let count = [0, 1, 1, 2, 2, 2, 2, 3, 3, 12][self.random.below(10)];
        (0..count).map(|_| self.filter_near(kind, row, depth - 1)).collect()
    }

    fn field(&mut self, kind: Kind, row: usize, name: &str, field: Field, depth: usize) -> Value {
        let sample = self.sample(kind, row, name);
        match field {
            Field::Text => self.of_texts(sample.as_deref(), false, false),
            Field::NullableText => self.of_texts(sample.as_deref(), true, false),
            Field::Path => self.of_texts(sample.as_deref(), false, true),
            Field::Number => self.of_numbers(false),
            Field::NullableNumber => self.of_numbers(true),
            Field::Instant => self.of_instants(),
            Field::Flag => json!(self.random.one_in(2)),
            Field::Status => self.of_status(),
            Field::Of(other) => self.of_related(other, row, depth),
            Field::Parent => {
                let parent = self.view.content.categories[row].parent.unwrap_or(row);
                self.filter_near(Kind::Category, parent, depth.saturating_sub(1))
            }
            Field::Named => self.named(row),
        }
    }

    fn of_related(&mut self, kind: Kind, article: usize, depth: usize) -> Value {
        let article = &self.view.content.articles[article];
        let related = match kind {
            Kind::Author => &article.authors,
            Kind::Category => &article.categories,
            Kind::Tag => &article.tags,
            Kind::Article | Kind::Image => &article.images,
        };
        let all: Vec<usize> = (0..self.view.count(kind)).collect();
        let row = *self.random.pick(if related.is_empty() { &all } else { related });
        let quantity = *self.random.pick(&["some", "some", "some", "every", "none"]);
        let filter = self.filter_near(kind, row, depth.saturating_sub(1).min(1));
        let mut quantities = Map::from_iter([(quantity.to_owned(), filter)]);
        if self.random.one_in(5) {
            quantities.insert("none".to_owned(), self.filter(kind, 0));
        }
        Value::Object(quantities)
    }

    /// What a row has in a field of texts.
    fn sample(&self, kind: Kind, row: usize, field: &str) -> Option<String> {
        let content = self.view.content;
        let text = match kind {
            Kind::Article => {
                let article = &content.articles[row];
                match field {
                    "slug" => &article.slug,
                    "path" => &article.path,
                    "title" => &article.title,
                    "locale" => &article.locale,
                    _ => return article.source_url.clone(),
                }
            }
            Kind::Category if field == "slug" => &content.categories[row].slug,
            Kind::Category if field == "path" => &content.categories[row].path,
            Kind::Category => return content.categories[row].names.last().cloned(),
            Kind::Author if field == "slug" => &content.authors[row].slug,
            Kind::Author => &content.authors[row].name,
            Kind::Tag if field == "slug" => &content.tags[row].slug,
            Kind::Tag => &content.tags[row].name,
            Kind::Image if field == "originalUrl" => &content.images[row].original_url,
            Kind::Image => return content.images[row].mime_type.clone(),
        };
        Some(text.clone())
    }
}
