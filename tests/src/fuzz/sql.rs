//! What a statement that answers a question may look like. Knows no more of SQL than where its words, names and texts end.

use super::operation::MARK;
use sea_orm::{DbBackend, Statement};

/// The tables that questions are answered from. Files as they came in, and how the schema came about, are no answer to any.
const TABLES: [&str; 23] = [
    "article",
    "article_author",
    "article_category",
    "article_count",
    "article_tag",
    "author",
    "body",
    "category",
    "category_closure",
    "content_generation",
    "earlier_path",
    "figure",
    "folding",
    "image",
    "search_document",
    "search_page",
    "search_segment",
    "search_state",
    "site",
    "suggestion",
    "tag",
    // Functions that make rows of a bound list.
    "json_each",
    "unnest",
];

/// A piece of SQL.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Piece<'a> {
    /// A keyword, a number or the name of a function.
    Word(&'a str),
    /// In double quotes.
    Name(&'a str),
    /// In single quotes.
    Text(&'a str),
    /// For a bound value; 0 where it bears no number.
    Place(usize),
    /// Anything else.
    Sign(char),
}

/// What is wrong with a statement.
///
/// # Errors
/// The first thing that no statement of ours has.
pub fn check(statement: &Statement) -> Result<(), String> {
    let sql = statement.sql.as_str();
    if sql.to_lowercase().contains(MARK) {
        return Err("a text of the question stands in it".into());
    }
    let pieces = pieces(sql)?;
    if !matches!(pieces.first(), Some(Piece::Word(word)) if is(word, "select") || is(word, "with")) {
        return Err("it does not begin as one that reads".into());
    }
    let writes = ["insert", "update", "delete", "drop", "create", "alter", "attach", "pragma", "copy", "into"];
    for piece in &pieces {
        match piece {
            Piece::Word(word) if writes.iter().any(|other| is(word, other)) => return Err(format!("{word} in it")),
            Piece::Sign(sign @ (';' | '\\')) => return Err(format!("{sign} in it")),
            _ => {}
        }
    }
    tables(&pieces)?;
    places(statement, &pieces)
}

fn is(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

/// What is read from is on the list, or was given its name in the statement itself.
fn tables(pieces: &[Piece]) -> Result<(), String> {
    let given = |name: &str| {
        pieces.windows(3).any(|window| match window {
            [Piece::Word(word), Piece::Name(other), _] => is(word, "as") && *other == name,
            _ => false,
        }) || pieces.windows(3).any(|window| match window {
            // `WITH "name" AS (…)`, `WITH "name" ("column", …) AS (…)`, also behind a comma.
            [Piece::Word(word), Piece::Name(other), _] => (is(word, "with") || is(word, "recursive")) && *other == name,
            [Piece::Sign(',' | ')'), Piece::Name(other), Piece::Word(word)] => is(word, "as") && *other == name,
            _ => false,
        })
    };
    for window in pieces.windows(2) {
        let [Piece::Word(word), read] = window else { continue };
        if !is(word, "from") && !is(word, "join") {
            continue;
        }
        match read {
            Piece::Name(name) if TABLES.contains(name) || given(name) => {}
            Piece::Word(name) if TABLES.contains(name) || is(name, "lateral") => {}
            Piece::Sign('(') => {}
            other => return Err(format!("it reads from {other:?}")),
        }
    }
    Ok(())
}

/// There is a value for every place and a place for every value.
fn places(statement: &Statement, pieces: &[Piece]) -> Result<(), String> {
    let values = statement.values.as_ref().map_or(0, |values| values.0.len());
    let places: Vec<usize> =
        pieces.iter().filter_map(|piece| if let Piece::Place(number) = piece { Some(*number) } else { None }).collect();
    let is_sound = if statement.db_backend == DbBackend::Postgres {
        (1..=values).all(|number| places.contains(&number)) && places.iter().all(|number| (1..=values).contains(number))
    } else {
        places.len() == values && places.iter().all(|number| *number == 0)
    };
    if is_sound { Ok(()) } else { Err(format!("{} places for {values} values", places.len())) }
}

fn pieces(sql: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let (piece, length) = match first {
            '\'' | '"' => {
                let end = end(&rest[1..], first).ok_or_else(|| format!("no end of {rest}"))?;
                let inner = &rest[1..=end];
                (if first == '"' { Piece::Name(inner) } else { Piece::Text(inner) }, end + 2)
            }
            '?' | '$' => {
                let digits = rest[1..].chars().take_while(char::is_ascii_digit).count();
                (Piece::Place(rest[1..=digits].parse().unwrap_or_default()), digits + 1)
            }
            _ if rest.starts_with("--") || rest.starts_with("/*") => return Err("a comment in it".into()),
            c if is_of_word(c) => {
                let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
                (Piece::Word(&rest[..length]), length)
            }
            c => (Piece::Sign(c), c.len_utf8()),
        };
        pieces.push(piece);
        rest = rest[length..].trim_start();
    }
    Ok(pieces)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

/// Where a quotation ends; a quotation mark in it stands there twice.
fn end(text: &str, mark: char) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(mark)?;
        if text[at + 1..].starts_with(mark) {
            from = at + 2;
        } else {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(sql: &str, values: usize) -> Result<(), String> {
        check(&Statement::from_sql_and_values(DbBackend::Sqlite, sql, (0..values).map(|_| 1.into())))
    }

    #[test]
    fn what_reads_tables_of_the_list_by_bound_values_passes() {
        for (sql, values) in [
            (r#"SELECT "id", 'it''s; --' FROM "article" AS "a" WHERE "a"."id" = ?"#, 1),
            (r#"WITH "found" AS (SELECT 1) SELECT * FROM "found" JOIN "tag" ON TRUE"#, 0),
            (r#"SELECT 1 FROM (SELECT ? AS "x") AS "y""#, 1),
        ] {
            assert_eq!(judged(sql, values), Ok(()), "{sql}");
        }
    }

    #[test]
    fn everything_else_does_not() {
        for (sql, values) in [
            ("", 0),
            (r#"DELETE FROM "article""#, 0),
            (r#"SELECT 1 FROM "source_file""#, 0),
            ("SELECT 1 FROM sqlite_master", 0),
            (r#"SELECT 1 FROM "article" JOIN "site_file" ON TRUE"#, 0),
            ("SELECT 1; DROP TABLE article", 0),
            ("SELECT 1 -- x", 0),
            ("SELECT 'ZQX'", 0),
            ("SELECT '", 0),
            ("SELECT ?", 0),
            ("SELECT 1", 1),
        ] {
            assert!(judged(sql, values).is_err(), "{sql}");
        }
    }
}
