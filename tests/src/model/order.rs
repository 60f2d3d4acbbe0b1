//! In which order the rows of a list stand.

use super::{Kind, View};
use serde_json::Value;
use std::cmp::Ordering;

/// What a row is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
}

/// The fields of an order, and whether each goes downwards; the default where nothing is asked.
fn fields(kind: Kind, order: &Value) -> Vec<(String, bool)> {
    let mut fields: Vec<(String, bool)> = Vec::new();
    for by in order.as_array().into_iter().flatten() {
        let field = by["field"].as_str().expect("an order names a field");
        // What has been ordered by orders nothing any more.
        if fields.iter().all(|(earlier, _)| earlier != field) {
            fields.push((field.to_owned(), by["direction"] == "DESC"));
        }
    }
    let (field, is_descending) = match kind {
        Kind::Article => ("PUBLISHED_AT", true),
        Kind::Category => ("PATH", false),
        Kind::Author | Kind::Tag => ("NAME", false),
        Kind::Image => ("CREATED_AT", true),
    };
    if fields.is_empty() { vec![(field.to_owned(), is_descending)] } else { fields }
}

/// Which of two rows comes first; the id decides at last, in the direction of the last field.
#[must_use]
pub fn compare(view: View<'_>, kind: Kind, order: &Value, one: usize, other: usize) -> Ordering {
    let fields = fields(kind, order);
    let towards = |is_descending: bool, ordering: Ordering| if is_descending { ordering.reverse() } else { ordering };
    let by_fields = fields.iter().map(|(field, is_descending)| {
        towards(*is_descending, key(view, kind, field, one).cmp(&key(view, kind, field, other)))
    });
    let is_descending = fields.last().is_some_and(|(_, is_descending)| *is_descending);
    let by_id = towards(is_descending, view.number(kind, one).cmp(&view.number(kind, other)));
    by_fields.chain([by_id]).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

fn key(view: View<'_>, kind: Kind, field: &str, row: usize) -> Key {
    let content = view.content;
    match (kind, field) {
        (_, "ARTICLE_COUNT") => Key::Number(view.article_count(View::owner(kind, row))),
        (Kind::Article, "PUBLISHED_AT") => Key::Number(content.articles[row].published_at),
        (Kind::Article, "UPDATED_AT") => Key::Number(content.articles[row].updated_at),
        (Kind::Article, "CREATED_AT") => Key::Number(content.articles[row].created_at),
        (Kind::Article, "WORD_COUNT") => Key::Number(content.articles[row].word_count),
        (Kind::Article, "TITLE") => Key::Text(content.articles[row].title_keys[0].clone()),
        (Kind::Article, "TITLE_PINYIN") => Key::Text(content.articles[row].title_keys[1].clone()),
        (Kind::Category, "PATH") => Key::Text(content.categories[row].names.join("\u{1f}")),
        (Kind::Category, "NAME") => Key::Text(content.categories[row].names.last().cloned().unwrap_or_default()),
        (Kind::Author, "NAME") => Key::Text(content.authors[row].name.clone()),
        (Kind::Tag, "NAME") => Key::Text(content.tags[row].name.clone()),
        (Kind::Image, "CREATED_AT") => Key::Number(content.images[row].created_at),
        (Kind::Image, "BYTES") => Key::Number(content.images[row].bytes.unwrap_or(-1)),
        (Kind::Image, "WIDTH") => Key::Number(content.images[row].width.unwrap_or(-1)),
        _ => panic!("{} are not ordered by {field}", kind.list()),
    }
}
