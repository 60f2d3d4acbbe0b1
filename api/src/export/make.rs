//! Making the file of an article: as short as an import allows. What is written is read again, and where that is not the
//! article, more is said. Pure.

use super::{
    article::Stored,
    check::{self, Against, Field},
    form::Form,
    front_matter::{self, Explicit, Told},
    target::Target,
};
use crate::import::document::Document;
use std::collections::HashSet;

/// A field is said in three ways at most, and a body in four.
const MOST_ROUNDS: usize = 12;

/// A file to be written.
#[derive(Debug)]
pub struct Made {
    /// Below the folder, with its ending.
    pub path: String,
    /// All of it.
    pub content: String,
    /// What an import makes of it, unless it refuses it.
    pub document: Option<Document>,
    /// In what that is not the article.
    pub differs: Vec<Field>,
    /// Why an import would refuse it.
    pub refusal: Option<String>,
    /// The body in its normalised form, since the tool reads its Markdown otherwise.
    pub is_normalised: bool,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyAs {
    /// As it came in, in a `.md` file.
    Markdown,
    /// As it came in, in a `.html` file.
    Typed,
    /// Normalised, in a `.html` file.
    Html,
    /// The same, where nothing of it is taken for the tool's own tags.
    Raw,
}

impl BodyAs {
    const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Typed | Self::Html | Self::Raw => "html",
        }
    }

    const fn is_normalised(self) -> bool {
        matches!(self, Self::Html | Self::Raw)
    }

    fn of(self, article: &Stored) -> String {
        match self {
            Self::Markdown | Self::Typed => article.markdown.clone(),
            Self::Html => article.html.clone(),
            Self::Raw => format!("{{% raw %}}\n{}\n{{% endraw %}}\n", article.html.trim_end()),
        }
    }
}

/// How a file is written; it says more from round to round.
struct How {
    explicit: Explicit,
    bodies: Vec<BodyAs>,
    body: usize,
}

/// The file at this path without its ending. `told` are the authors of whom files before have told.
#[must_use]
pub fn make(article: &Stored, target: &Target, stem: &str, told: &HashSet<String>) -> Made {
    let mut how = How::first(article, target);
    let mut made = how.make(article, target, stem, told);
    for _ in 0..MOST_ROUNDS {
        let is_done = made.differs.is_empty() && made.refusal.is_none();
        if is_done || !how.say_more(article, &made) {
            return made;
        }
        made = how.make(article, target, stem, told);
    }
    made
}

impl How {
    fn first(article: &Stored, target: &Target) -> Self {
        let was_html = article.source_path.as_ref().is_some_and(|path| {
            let ending = path.rsplit('.').next().unwrap_or_default();
            ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
        });
        let mut bodies = vec![BodyAs::Markdown, BodyAs::Typed, BodyAs::Html];
        if was_html {
            bodies.swap(0, 1);
        }
        if target.form != Form::Hugo {
            bodies.push(BodyAs::Raw);
        }
        Self { explicit: Explicit::default(), bodies, body: 0 }
    }

    fn body(&self) -> BodyAs {
        // Past the last one nothing was right: then the first is what the author wrote.
        self.bodies.get(self.body).or(self.bodies.first()).copied().unwrap_or(BodyAs::Markdown)
    }

    fn make(&self, article: &Stored, target: &Target, stem: &str, told: &HashSet<String>) -> Made {
        let body = self.body();
        let path = format!("{stem}.{}", body.ending());
        let mut content = front_matter::write(article, target.form, target.zone, self.explicit, told);
        content.push_str(&body.of(article));
        let read = target.read(&path, content.as_bytes(), article.published_at);
        let (document, refusal) = match read {
            Ok(read) => (Some(read.document), None),
            Err(refusal) => (None, Some(refusal.to_string())),
        };
        let against = Against::Made { now: target.now, told };
        let mut differs =
            document.as_ref().map(|document| check::differences(article, document, against)).unwrap_or_default();
        if body.is_normalised() {
            differs.retain(|field| *field != Field::Markdown);
        }
        Made { path, content, document, differs, refusal, is_normalised: body.is_normalised() }
    }

    /// Whether there is more to say about what differs. The body comes last: addresses in it depend on the rest.
    fn say_more(&mut self, article: &Stored, made: &Made) -> bool {
        let before = self.explicit;
        made.differs.iter().for_each(|field| self.explain(*field, article));
        if self.explicit != before {
            return true;
        }
        let depends_on_body = made.refusal.is_some()
            || made.differs.contains(&Field::Html)
            || article.excerpt.is_none() && made.differs.contains(&Field::Excerpt);
        if depends_on_body && self.body < self.bodies.len() {
            self.body += 1;
            return true;
        }
        false
    }

    fn explain(&mut self, field: Field, article: &Stored) {
        let explicit = &mut self.explicit;
        match field {
            Field::Slug => explicit.slug = true,
            Field::Path => explicit.path = more(explicit.path),
            Field::Locale => explicit.locale = true,
            Field::Draft => explicit.hidden |= article.is_draft,
            Field::Published => explicit.exact_dates = true,
            Field::Updated if explicit.updated => explicit.exact_dates = true,
            Field::Updated => explicit.updated = true,
            Field::Excerpt if article.excerpt.is_some() => explicit.excerpt = more(explicit.excerpt),
            Field::Excerpt => explicit.no_excerpt = true,
            Field::Authors => explicit.escaped_authors = true,
            Field::CoverSize => explicit.cover_size = true,
            Field::ThumbnailSize => explicit.thumbnail_size = true,
            Field::Title
            | Field::Comments
            | Field::SourceUrl
            | Field::Categories
            | Field::Tags
            | Field::EarlierPaths
            | Field::Translations
            | Field::Cover
            | Field::Thumbnail
            | Field::Html
            | Field::Markdown
            | Field::Extra => {}
        }
    }
}

const fn more(told: Told) -> Told {
    match told {
        Told::Not => Told::Plainly,
        Told::Plainly | Told::Escaped => Told::Escaped,
    }
}
