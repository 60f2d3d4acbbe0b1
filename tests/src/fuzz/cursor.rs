//! Any text as a cursor, and any position of any list in one.

use super::{
    choices::Choices,
    site::{self, Site},
};
use crate::base64;
use api::{
    Error,
    graphql::id,
    list::{
        cursor::{Fingerprint, Position, Value, decode, encode},
        order::Kind,
    },
};
use serde_json::{Value as Json, json};

/// Orders that differ in the kinds of their keys.
const ORDERS: [&str; 4] = [
    "[]",
    "[{field: TITLE, direction: ASC}]",
    "[{field: WORD_COUNT, direction: DESC}, {field: TITLE, direction: ASC}]",
    "[{field: TITLE_PINYIN, direction: DESC}]",
];

/// Reads the bytes as a cursor and as what stands in one.
pub fn run(data: &[u8]) {
    site::on_site(async |site| ask(site, data).await);
}

/// The same, of the lists of this site.
pub async fn ask(site: &Site, data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(data);
    pure(&text, data);
    let order = ORDERS[usize::from(first % 4)];
    let from = if first & 4 == 0 { "first: 2, after" } else { "last: 2, before" };
    if first & 8 == 0 {
        page(site, from, order, &text).await;
    } else {
        // As only a server can write it, but for the position.
        let of = fingerprint(site, order).await;
        page(site, from, order, &base64::encode(format!("[{of},{text}]"))).await;
    }
}

fn pure(text: &str, data: &[u8]) {
    let list = Fingerprint::of("a list");
    for kinds in [&[Kind::Integer, Kind::Integer][..], &[Kind::Text, Kind::Integer], &[]] {
        for cursor in [text.to_owned(), base64::encode(text)] {
            if let Err(error) = decode(list, kinds, "after", &cursor) {
                assert!(
                    matches!(error, Error::CursorInvalid { .. } | Error::CursorMismatch { .. }),
                    "{cursor}: {error}"
                );
            }
        }
    }
    if let Some((kind, number)) = id::decode(text) {
        assert_eq!(kind.id(number).as_str(), text, "one row has one id");
    }
    there_and_back(&position(data));
    if let Ok(position) = serde_json::from_str::<Position>(text) {
        there_and_back(&position);
    }
}

fn position(data: &[u8]) -> Position {
    let mut choices = Choices::new(data);
    let value = |choices: &mut Choices| match choices.below(2) {
        0 => Value::Integer(choices.number()),
        _ => Value::Text(choices.text(200)),
    };
    Position((0..choices.below(4)).map(|_| value(&mut choices)).collect())
}

/// What was encoded is decoded, in its own list alone.
fn there_and_back(position: &Position) {
    let kind = |value: &Value| match value {
        Value::Integer(_) => Kind::Integer,
        Value::Text(_) => Kind::Text,
    };
    let kinds: Vec<Kind> = position.0.iter().map(kind).collect();
    let (list, other) = (Fingerprint::of("a list"), Fingerprint::of("another list"));
    let cursor = encode(list, position);
    let has_nul = position.0.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0')));
    match decode(list, &kinds, "after", &cursor) {
        Ok(decoded) => assert!(decoded == *position && !has_nul, "{position:?} became {decoded:?}"),
        Err(error) => assert!(has_nul || cursor.len() > 32_768, "{position:?}: {error}"),
    }
    if cursor.len() <= 32_768 {
        assert!(matches!(decode(other, &kinds, "after", &cursor), Err(Error::CursorMismatch { .. })), "{cursor}");
    }
    let fewer = kinds.split_last().map_or(&[Kind::Text][..], |(_, fewer)| fewer);
    assert!(decode(list, fewer, "after", &cursor).is_err(), "{cursor} has other keys than {fewer:?}");
}

/// By what the cursors of this order begin.
async fn fingerprint(site: &Site, order: &str) -> Json {
    let query = format!("{{ articles(first: 1, orderBy: {order}) {{ pageInfo {{ endCursor }} }} }}");
    let (answer, _) = site.ask(&query, &json!({}), false).await;
    let cursor = answer["data"]["articles"]["pageInfo"]["endCursor"].as_str().expect("there are articles");
    serde_json::from_slice::<Json>(&base64::decode(cursor)).expect("a cursor holds JSON")[0].clone()
}

async fn page(site: &Site, from: &str, order: &str, cursor: &str) {
    let query = format!(
        "query($cursor: String) {{ articles({from}: $cursor, orderBy: {order}) {{ nodes {{ slug }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
    );
    let (answer, _) = site.ask(&query, &json!({ "cursor": cursor }), false).await;
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    assert!(matches!(code, None | Some("CURSOR_INVALID" | "CURSOR_MISMATCH" | "BAD_USER_INPUT")), "{answer}");
}
