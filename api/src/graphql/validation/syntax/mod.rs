//! Whether a document is GraphQL at all, as strictly as the reference implementation reads it.
//!
//! The compiler's parser lets some things through, drops others and refuses some that are legal, so it is not asked. It only makes
//! the tree, of a text in which all is blank that a tree does not hold.

mod grammar;
mod lexer;
mod types;

pub use lexer::{Read, Unreadable};

/// A document that is GraphQL.
pub struct Readable {
    /// Its tokens, each where it stood, without descriptions and what is foreign.
    pub text: String,
    /// Where definitions of types and directives stand.
    pub foreign: Vec<usize>,
}

/// Reads a whole document. Nothing may be nested more than `recursion` levels deep.
pub fn read(source: &str, recursion: usize) -> Read<Readable> {
    grammar::Grammar::new(source, recursion)?.document()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_tree_holds_is_left_each_where_it_was() {
        let source = "\"d\" query # c\n A { a(b: \"燈#\"), }\ntype T";
        let Readable { text, foreign } = read(source, 10).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(text, "    query    \n A { a(b: \"燈#\")  }\n      ");
        assert_eq!(foreign, [source.find("type").unwrap()]);
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused_whatever_it_is() {
        let nested = |open: &str, inner: &str, close: &str, depth| {
            [open.repeat(depth), inner.into(), close.repeat(depth)].concat()
        };
        let documents: [fn(String) -> String; 3] =
            [|inner| inner, |inner| format!("{{ a(b: {inner}) }}"), |inner| format!("query ($a: {inner}) {{ b }}")];
        for (open, close, document) in
            [("{a", "}", documents[0]), ("[", "]", documents[1]), ("{a:", "}", documents[1]), ("[", "]", documents[2])]
        {
            let inner = if open == "{a" { "" } else { "a" };
            let around = usize::from(document("a".to_owned()).starts_with('{'));
            assert!(read(&document(nested(open, inner, close, 50)), 50 + around).is_ok(), "{open}");
            let error = read(&document(nested(open, inner, close, 51)), 50 + around).err().unwrap();
            assert_eq!(error.message, format!("nested more than {} levels deep", 50 + around));
        }
    }
}
