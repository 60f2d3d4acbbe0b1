//! What a reader may mean while typing: articles, categories, authors and tags whose name starts with what stands there, as it is
//! written or as Chinese is said.
//!
//! Every name has some keys (`keys.rs`, `pinyin.rs`), kept in one table (`write.rs`) along whose index the first ones are found
//! (`store.rs`), however many there are. What stands in that table only follows the names: [`VERSION`](crate::search::VERSION) of
//! the search is raised where other keys are made of them, and `masthead reindex` makes all of them anew.

mod choice;
pub mod keys;
mod object;
mod pinyin;
mod query;
mod store;
mod write;

pub use object::Suggestion;
pub use query::SuggestQuery;
pub(crate) use write::{add_names, compare, put_articles, put_names, remove_articles, remove_gone};

/// The most that can be asked for.
pub const MAX_FIRST: usize = 100;

/// What a name belongs to, as it is numbered in the table, and in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A category.
    Category = 1,
    /// An author.
    Author = 2,
    /// A tag.
    Tag = 3,
    /// An article, by its title.
    Article = 4,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Category, Self::Author, Self::Tag, Self::Article];

    const fn number(self) -> i32 {
        self as i32
    }

    /// As its table is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Author => "author",
            Self::Tag => "tag",
            Self::Article => "article",
        }
    }

    fn of_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}
