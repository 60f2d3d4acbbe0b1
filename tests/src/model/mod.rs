//! What lists have to answer, told once more: rows in vectors, filtered, sorted and cut in the plainest way. It knows no SQL,
//! no index and no cursor, is slow, and is what the server is held against.
//!
//! [`content`] makes up what is stored, [`make`] what is asked of it; [`filter`], [`order`], [`page`] and [`facets`] say what
//! the answer is.

pub mod ask;
pub mod content;
pub mod facets;
pub mod filter;
pub mod make;
pub mod order;
pub mod page;
pub mod random;
mod text;
mod values;
pub mod words;

use api::graphql::id::Kind as Id;

/// Everything that is stored. Rows refer to each other by their places in these lists.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Drafts and those to come among them.
    pub articles: Vec<Article>,
    /// In any order.
    pub authors: Vec<Author>,
    /// In any order.
    pub categories: Vec<Category>,
    /// In any order.
    pub tags: Vec<Tag>,
    /// In any order.
    pub images: Vec<Image>,
}

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Of its row.
    pub id: i64,
    /// As stored.
    pub slug: String,
    /// Decoded.
    pub path: String,
    /// As stored.
    pub title: String,
    /// What its title is ordered by: by code points, and by pronunciation.
    pub title_keys: [String; 2],
    /// As stored.
    pub locale: String,
    /// As stored.
    pub source_url: Option<String>,
    /// Not ready.
    pub is_draft: bool,
    /// In microseconds, as the others.
    pub published_at: i64,
    /// When it was written.
    pub created_at: i64,
    /// When it was changed.
    pub updated_at: i64,
    /// Whether comments are invited.
    pub comments_enabled: bool,
    /// As stored.
    pub word_count: i64,
    /// Whether a cover is named.
    pub has_cover: bool,
    /// Who wrote it.
    pub authors: Vec<usize>,
    /// The last category of each of its chains.
    pub categories: Vec<usize>,
    /// What it bears.
    pub tags: Vec<usize>,
    /// What it shows, its cover and thumbnail among them.
    pub images: Vec<usize>,
}

/// An author.
#[derive(Clone, Debug)]
pub struct Author {
    /// Of its row.
    pub id: i64,
    /// As stored.
    pub slug: String,
    /// As stored.
    pub name: String,
    /// Among the images.
    pub avatar: Option<usize>,
}

/// A category.
#[derive(Clone, Debug)]
pub struct Category {
    /// Of its row.
    pub id: i64,
    /// As stored.
    pub slug: String,
    /// Decoded.
    pub path: String,
    /// From the root, its own last.
    pub names: Vec<String>,
    /// Among the categories.
    pub parent: Option<usize>,
}

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Of its row.
    pub id: i64,
    /// As stored.
    pub slug: String,
    /// As stored.
    pub name: String,
}

/// An image.
#[derive(Clone, Debug)]
pub struct Image {
    /// Of its row.
    pub id: i64,
    /// As stored: absolute, or from the site's root.
    pub original_url: String,
    /// As stored.
    pub mime_type: Option<String>,
    /// In pixels.
    pub width: Option<i64>,
    /// In pixels.
    pub height: Option<i64>,
    /// Of its copy.
    pub bytes: Option<i64>,
    /// When it came in.
    pub created_at: i64,
}

/// A type of rows that has lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Articles.
    Article,
    /// Categories.
    Category,
    /// Authors.
    Author,
    /// Tags.
    Tag,
    /// Images.
    Image,
}

impl Kind {
    /// Each.
    pub const ALL: [Self; 5] = [Self::Article, Self::Category, Self::Author, Self::Tag, Self::Image];

    /// As GraphQL names the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Category => "Category",
            Self::Author => "Author",
            Self::Tag => "Tag",
            Self::Image => "Image",
        }
    }

    /// As GraphQL names the list.
    #[must_use]
    pub const fn list(self) -> &'static str {
        match self {
            Self::Article => "articles",
            Self::Category => "categories",
            Self::Author => "authors",
            Self::Tag => "tags",
            Self::Image => "images",
        }
    }

    /// By what its lists are ordered.
    #[must_use]
    pub const fn orders(self) -> &'static [&'static str] {
        match self {
            Self::Article => &["PUBLISHED_AT", "UPDATED_AT", "CREATED_AT", "TITLE", "TITLE_PINYIN", "WORD_COUNT"],
            Self::Category => &["PATH", "NAME", "ARTICLE_COUNT"],
            Self::Author | Self::Tag => &["NAME", "ARTICLE_COUNT"],
            Self::Image => &["CREATED_AT", "BYTES", "WIDTH"],
        }
    }

    const fn id(self) -> Id {
        match self {
            Self::Article => Id::Article,
            Self::Category => Id::Category,
            Self::Author => Id::Author,
            Self::Tag => Id::Tag,
            Self::Image => Id::Image,
        }
    }
}

/// Whose articles a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The site.
    Site,
    /// A category, with or without those below it.
    Category(usize, bool),
    /// An author.
    Author(usize),
    /// A tag.
    Tag(usize),
    /// An image.
    Image(usize),
}

/// The content as one reader sees it at one instant.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What there is.
    pub content: &'a Content,
    /// What time it is, in microseconds.
    pub now: i64,
    /// Who also sees drafts and what is to come, where they are asked for.
    pub is_preview: bool,
}

impl View<'_> {
    /// How many rows of a type are stored.
    #[must_use]
    pub const fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Article => self.content.articles.len(),
            Kind::Category => self.content.categories.len(),
            Kind::Author => self.content.authors.len(),
            Kind::Tag => self.content.tags.len(),
            Kind::Image => self.content.images.len(),
        }
    }

    /// The number of a row.
    #[must_use]
    pub fn number(&self, kind: Kind, row: usize) -> i64 {
        match kind {
            Kind::Article => self.content.articles[row].id,
            Kind::Category => self.content.categories[row].id,
            Kind::Author => self.content.authors[row].id,
            Kind::Tag => self.content.tags[row].id,
            Kind::Image => self.content.images[row].id,
        }
    }

    /// The global id of a row.
    #[must_use]
    pub fn id(&self, kind: Kind, row: usize) -> String {
        kind.id().id(self.number(kind, row)).to_string()
    }

    /// Whether everyone sees an article.
    #[must_use]
    pub fn is_published(&self, article: &Article) -> bool {
        !article.is_draft && article.published_at <= self.now
    }

    /// Whether an article is in a category or below it.
    #[must_use]
    pub fn is_in(&self, article: &Article, category: usize) -> bool {
        let is_below = |leaf: &usize| {
            let mut above = Some(*leaf);
            while let Some(place) = above {
                if place == category {
                    return true;
                }
                above = self.content.categories[place].parent;
            }
            false
        };
        article.categories.iter().any(is_below)
    }

    /// Whether an article is on the list of this owner.
    #[must_use]
    pub fn is_owned(&self, article: &Article, owner: Owner) -> bool {
        match owner {
            Owner::Site => true,
            Owner::Category(category, true) => self.is_in(article, category),
            Owner::Category(category, false) => article.categories.contains(&category),
            Owner::Author(author) => article.authors.contains(&author),
            Owner::Tag(tag) => article.tags.contains(&tag),
            Owner::Image(image) => article.images.contains(&image),
        }
    }

    /// How many published articles something has.
    #[must_use]
    pub fn article_count(&self, owner: Owner) -> i64 {
        let articles = self.content.articles.iter();
        let counted = articles.filter(|article| self.is_published(article) && self.is_owned(article, owner)).count();
        i64::try_from(counted).expect("few articles are made up")
    }

    /// The owner of the articles of a row.
    #[must_use]
    pub const fn owner(kind: Kind, row: usize) -> Owner {
        match kind {
            Kind::Article => Owner::Site,
            Kind::Category => Owner::Category(row, true),
            Kind::Author => Owner::Author(row),
            Kind::Tag => Owner::Tag(row),
            Kind::Image => Owner::Image(row),
        }
    }
}
