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

/// How many tokens a document has, up to where it can no longer be read.
#[must_use]
pub fn tokens(source: &str) -> usize {
    let mut lexer = lexer::Lexer::new(source);
    std::iter::from_fn(|| lexer.token().ok().filter(|token| token.kind != lexer::Kind::End)).count()
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
    fn what_lies_between_tokens_does_not_count() {
        assert_eq!(tokens(""), 0);
        assert_eq!(tokens("# a b c\n\u{feff} , {\t,a(b: \"c d\", e: [1 2.5])\r\n...F}"), 16);
        assert_eq!(tokens("query($x: Int! = 1) @a { x } ?"), 15);
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
