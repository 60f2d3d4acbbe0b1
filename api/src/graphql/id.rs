//! Global ids: what `node(id:)` takes.

use async_graphql::ID;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An article.
    Article,
    /// The body of the article with this number.
    Body,
    /// A category.
    Category,
    /// An author.
    Author,
    /// A tag.
    Tag,
    /// An image.
    Image,
    /// A figure.
    Figure,
}

impl Kind {
    const NODES: [Self; 5] = [Self::Article, Self::Category, Self::Author, Self::Tag, Self::Image];

    const fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Body => "Body",
            Self::Category => "Category",
            Self::Author => "Author",
            Self::Tag => "Tag",
            Self::Image => "Image",
            Self::Figure => "Figure",
        }
    }

    /// The id of the row with this number.
    #[must_use]
    pub fn id(self, number: i64) -> ID {
        ID(BASE64_URL_SAFE_NO_PAD.encode(format!("{}:{number}", self.name())))
    }

    /// The number in an id of this kind; nothing for any other text.
    #[must_use]
    pub fn number(self, id: &str) -> Option<i64> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(id).ok()?;
        let text = str::from_utf8(&bytes).ok()?;
        let number = text.strip_prefix(self.name())?.strip_prefix(':')?.parse().ok()?;
        // One row has one id: `Article:+1` and `Article:01` are none.
        (self.id(number).as_str() == id).then_some(number)
    }
}

/// Which node an id names, if it is well-formed.
#[must_use]
pub fn decode(id: &str) -> Option<(Kind, i64)> {
    Kind::NODES.into_iter().find_map(|kind| Some((kind, kind.number(id)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(number: i64) {
            for kind in Kind::NODES {
                prop_assert_eq!(decode(&kind.id(number)), Some((kind, number)));
            }
        }

        #[test]
        fn any_text_is_an_answer(text: String) {
            prop_assert!(decode(&text).is_none());
        }
    }

    #[test]
    fn one_row_has_one_id() {
        assert_eq!(decode(&BASE64_URL_SAFE_NO_PAD.encode("Article:01")), None);
        assert_eq!(decode(&BASE64_URL_SAFE_NO_PAD.encode("Article:+1")), None);
    }
}
