//! `StringFilter`.

use super::Check;
use crate::{Result, fold, list::logic, path, text::successor};
use async_graphql::{Enum, InputObject, MaybeUndefined};
use sea_orm::{
    DbBackend,
    sea_query::{BinOper, Expr, ExprTrait, Func, FunctionCall},
};
use url::Url;

/// Compares text, by its characters: `%`, `_` and `\` stand for themselves. Several operators all have to hold. Where there is
/// no text, only `ne`, `notIn` and `isNull: true` hold.
#[derive(InputObject, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StringFilter {
    /// It is this text.
    pub eq: MaybeUndefined<String>,
    /// It is another text, or none.
    pub ne: MaybeUndefined<String>,
    /// It is one of these, at most 1,000.
    #[graphql(name = "in")]
    pub among: Option<Vec<String>>,
    /// It is none of these, at most 1,000.
    pub not_in: Option<Vec<String>>,
    /// This is part of it.
    pub contains: Option<String>,
    /// It begins with this.
    pub starts_with: Option<String>,
    /// It ends with this.
    pub ends_with: Option<String>,
    /// Whether it is missing.
    pub is_null: Option<bool>,
    /// How both sides are compared.
    #[graphql(default_with = "Some(Fold::None)")]
    pub fold: Option<Fold>,
}

/// How text is compared.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fold {
    /// As it is written.
    #[default]
    None,
    /// Without regard to case, full and half width, and traditional or simplified script.
    Loose,
}

/// A column of text.
#[derive(Clone, Debug)]
pub struct TextColumn {
    /// As it is written.
    pub plain: Expr,
    /// As it is compared without regard to its spelling.
    pub folded: Expr,
    /// Whether a text may be missing.
    pub is_nullable: bool,
    /// What it is.
    pub form: Form,
}

/// What a text is: what clients are told of some is not what is stored.
#[derive(Clone, Debug)]
pub enum Form {
    /// As it is stored.
    Plain,
    /// Stored decoded, told percent-encoded.
    Path,
    /// A path is told with the site's address before it.
    Url(Option<Url>),
}

/// How a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Whole,
    Part,
    Start,
    End,
}

impl StringFilter {
    /// # Errors
    /// When it can not be meant.
    pub fn check(&self, check: &mut Check) -> Result<()> {
        self.check_spelt(check, 1)
    }

    /// Of a text that stands for so many stored ones.
    ///
    /// # Errors
    /// When it can not be meant.
    pub fn check_spelt(&self, check: &mut Check, spellings: usize) -> Result<()> {
        check.equality("eq", &self.eq, true)?;
        check.equality("ne", &self.ne, true)?;
        check.list("in", self.among.as_ref(), spellings)?;
        check.list("notIn", self.not_in.as_ref(), spellings)?;
        check.texts("eq", self.eq.value())?;
        check.texts("ne", self.ne.value())?;
        check.texts("in", self.among.iter().flatten())?;
        check.texts("notIn", self.not_in.iter().flatten())?;
        check.texts("contains", &self.contains)?;
        check.texts("startsWith", &self.starts_with)?;
        check.texts("endsWith", &self.ends_with)?;
        let parts = [&self.contains, &self.starts_with, &self.ends_with].map(Option::is_some);
        let whole = usize::from(self.eq.is_value()) + usize::from(self.ne.is_value());
        // A part of a URL is looked for in two texts, by two bounds, in each spelling, which also stands twice.
        let bound = parts.iter().filter(|part| **part).count() * if spellings > 1 { 24 } else { 2 };
        check.bind(whole * spellings + bound)?;
        check.operators(parts.into_iter().chain([self.is_null.is_some()]))
    }

    /// On this column.
    #[must_use]
    pub fn conditions(&self, column: &TextColumn, backend: DbBackend) -> Vec<Expr> {
        let fold = self.fold.unwrap_or_default();
        let matches = |how| move |text: &String| column.matches(how, text, fold, backend);
        let one_of = |texts: &Vec<String>| column.is_one_of(texts, fold);
        let eq = self.eq.value().map(matches(Match::Whole));
        let ne = self.ne.value().map(matches(Match::Whole)).map(Expr::not);
        let among = self.among.as_ref().map(one_of);
        let not_in = self.not_in.as_ref().map(one_of).map(Expr::not);
        let contains = self.contains.as_ref().map(matches(Match::Part));
        let starts_with = self.starts_with.as_ref().map(matches(Match::Start));
        let ends_with = self.ends_with.as_ref().map(matches(Match::End));
        let is_null = self.is_null.map(|is_null| match (column.is_nullable, is_null) {
            (true, true) => column.plain.clone().is_null(),
            (true, false) => column.plain.clone().is_not_null(),
            (false, true) => logic::no(),
            (false, false) => logic::yes(),
        });
        [eq, ne, among, not_in, contains, starts_with, ends_with, is_null].into_iter().flatten().collect()
    }

    /// Whether it says for which texts, as they are written, it holds.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.most().is_some_and(|most| most < usize::MAX)
    }

    /// How many texts, as they are written, it can hold for, if it says.
    #[must_use]
    pub fn most(&self) -> Option<usize> {
        let is_plain = self.fold.unwrap_or_default() == Fold::None;
        let most = if self.eq.is_value() { Some(1) } else { self.among.as_ref().map(Vec::len) };
        if is_plain { most } else { most.map(|_| usize::MAX) }
    }
}

impl TextColumn {
    fn matches(&self, how: Match, text: &str, fold: Fold, backend: DbBackend) -> Expr {
        if how == Match::Whole {
            return self.is_one_of(std::slice::from_ref(&text.to_owned()), fold);
        }
        if text.is_empty() {
            return if self.is_nullable { self.plain.clone().is_not_null() } else { logic::yes() };
        }
        let column = self.told(fold, backend);
        let spellings = self.form.spellings(how, text, fold).into_iter();
        self.known(logic::any(spellings.map(|text| part(&column, how, &text, backend)).collect()))
    }

    fn is_one_of(&self, texts: &[String], fold: Fold) -> Expr {
        let mut spellings: Vec<String> =
            texts.iter().flat_map(|text| self.form.spellings(Match::Whole, text, fold)).collect();
        spellings.dedup();
        match spellings.as_slice() {
            [] => logic::no(),
            [one] => self.known(self.column(fold).eq(one.as_str())),
            _ => self.known(self.column(fold).is_in(spellings)),
        }
    }

    /// False where a text is missing.
    fn known(&self, condition: Expr) -> Expr {
        if self.is_nullable { self.plain.clone().is_not_null().and(condition) } else { condition }
    }

    fn column(&self, fold: Fold) -> Expr {
        match fold {
            Fold::None => self.plain.clone(),
            Fold::Loose => self.folded.clone(),
        }
    }

    /// What clients are told of it, to find parts in.
    fn told(&self, fold: Fold, backend: DbBackend) -> Expr {
        let column = self.column(fold);
        let Form::Url(Some(site)) = &self.form else {
            return column;
        };
        let origin = folded(&site.origin().ascii_serialization(), fold);
        let is_path = first_characters(&column, 1, backend).eq("/");
        let whole = Expr::val(origin).binary(BinOper::Custom("||"), column.clone());
        Expr::case(is_path, whole).finally(column).into()
    }
}

impl Form {
    /// The stored texts that a client can mean by this one, folded.
    fn spellings(&self, how: Match, text: &str, fold: Fold) -> Vec<String> {
        let text = folded(text, fold);
        let spellings = match (self, how) {
            (Self::Plain, _) => return vec![text],
            (Self::Path, Match::Whole) => path::spellings(&text),
            (Self::Path, Match::End) => path::endings(&text),
            (Self::Path | Self::Url(_), Match::Part | Match::Start) | (Self::Url(_), Match::End) => {
                path::decodings(&text)
            }
            (Self::Url(site), Match::Whole) => {
                let origin = site.as_ref().map(|site| folded(&site.origin().ascii_serialization(), fold));
                let path = origin.and_then(|origin| text.strip_prefix(&origin)).filter(|path| path.starts_with('/'));
                let paths = path.map(path::decodings).unwrap_or_default();
                std::iter::once(text).chain(paths).collect()
            }
        };
        spellings.iter().map(|text| folded(text, fold)).collect()
    }
}

fn folded(text: &str, fold: Fold) -> String {
    match fold {
        Fold::None => text.to_owned(),
        Fold::Loose => fold::loose(text),
    }
}

/// Whether this text, which is not empty, stands in the column.
fn part(column: &Expr, how: Match, text: &str, backend: DbBackend) -> Expr {
    match how {
        Match::Start => starts_with(column, text),
        Match::End => last_characters(column, text.chars().count(), backend).eq(text),
        // `LIKE` would need escapes, and ignores case on SQLite.
        Match::Whole | Match::Part => position(column, text, backend).gt(0),
    }
}

/// As a range, which an index serves.
fn starts_with(column: &Expr, text: &str) -> Expr {
    let from = column.clone().gte(text);
    match successor(text) {
        Some(end) => from.and(column.clone().lt(end)),
        None => from,
    }
}

fn position(column: &Expr, text: &str, backend: DbBackend) -> FunctionCall {
    let name = if backend == DbBackend::Postgres { "strpos" } else { "instr" };
    Func::cust(name).args([column.clone(), Expr::val(text)])
}

fn first_characters(column: &Expr, count: i32, backend: DbBackend) -> FunctionCall {
    match backend {
        DbBackend::Postgres => Func::cust("left").args([column.clone(), Expr::val(count)]),
        _ => Func::cust("substr").args([column.clone(), Expr::val(1), Expr::val(count)]),
    }
}

fn last_characters(column: &Expr, count: usize, backend: DbBackend) -> FunctionCall {
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    match backend {
        DbBackend::Postgres => Func::cust("right").args([column.clone(), Expr::val(count)]),
        _ => Func::cust("substr").args([column.clone(), Expr::val(-count)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_comes_behind_everything_that_begins_with_a_text() {
        assert_eq!(successor("ab").as_deref(), Some("ac"));
        assert_eq!(successor("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(successor("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(successor("\u{10ffff}"), None);
        assert_eq!(successor(""), None);
    }

    proptest! {
        #[test]
        fn a_text_begins_with_another_where_it_is_in_the_range(text: String, start in "\\PC{1,3}") {
            let end = successor(&start);
            let is_in_range = |text: &String| *text >= start && end.as_ref().is_none_or(|end| text < end);
            prop_assert_eq!(is_in_range(&text), text.starts_with(&start));
            let longer = format!("{start}{text}");
            prop_assert!(is_in_range(&longer));
        }
    }
}
