//! What a site of each tool looks like: where its posts lie, how its permalinks are written. Pure.

use super::names;
use crate::{import::dialect::Kind, slug::slugify_path};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::ValueEnum;

/// Whose site a folder is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// `_config.yml` and `source/_posts`
    Hexo,
    /// `_config.yml` and `_posts`
    Jekyll,
    /// `hugo.toml` and `content/posts`
    Hugo,
}

/// The keys of front matter that the tools call differently.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// When it was last changed.
    pub updated: &'static str,
    /// Where it stands.
    pub path: &'static str,
    /// What stands below the headline.
    pub excerpt: &'static str,
    /// What keeps it from the public, as a line.
    pub hidden: &'static str,
    /// Where it stood before.
    pub earlier: &'static str,
    /// What it has in common with its translations.
    pub translation: &'static str,
}

impl Form {
    /// As options and the database name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.kind().name()
    }

    /// The dialect in which its posts are written.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Hexo => Kind::Hexo,
            Self::Jekyll => Kind::Jekyll,
            Self::Hugo => Kind::Hugo,
        }
    }

    /// The form of a dialect.
    #[must_use]
    pub fn named(dialect: &str) -> Option<Self> {
        [Self::Hexo, Self::Jekyll, Self::Hugo].into_iter().find(|form| form.name() == dialect)
    }

    /// What its front matter calls things.
    #[must_use]
    pub const fn keys(self) -> Keys {
        match self {
            Self::Hexo => Keys {
                updated: "updated",
                path: "permalink",
                excerpt: "excerpt",
                hidden: "published: false\n",
                earlier: "alias",
                translation: "translation_key",
            },
            Self::Jekyll => Keys {
                updated: "last_modified_at",
                path: "permalink",
                excerpt: "excerpt",
                hidden: "published: false\n",
                earlier: "redirect_from",
                translation: "translation_key",
            },
            Self::Hugo => Keys {
                updated: "lastmod",
                path: "url",
                excerpt: "summary",
                hidden: "draft: true\n",
                earlier: "aliases",
                translation: "translationKey",
            },
        }
    }

    /// A date as people write it there; where `is_exact`, one that says its zone in the way that no reader misses.
    #[must_use]
    pub fn date(self, instant: DateTime<Utc>, zone: Tz, is_exact: bool) -> String {
        let fraction = if instant.timestamp_subsec_micros() == 0 { "" } else { "%.6f" };
        if is_exact {
            return instant.format(&format!("%Y-%m-%dT%H:%M:%S{fraction}Z")).to_string();
        }
        let form = match self {
            Self::Hexo => format!("%Y-%m-%d %H:%M:%S{fraction}"),
            Self::Jekyll => format!("%Y-%m-%d %H:%M:%S{fraction} %z"),
            Self::Hugo => format!("%Y-%m-%dT%H:%M:%S{fraction}%:z"),
        };
        instant.with_timezone(&zone).format(&form).to_string()
    }

    /// The folder of an article's file, and the file's name without its ending; neither is unique yet.
    #[must_use]
    pub fn place(
        self,
        path: &str,
        slug: &str,
        is_draft: bool,
        published_at: DateTime<Utc>,
        zone: Tz,
    ) -> (&'static str, String) {
        let stem = names::safe(&name(path, slug).unwrap_or_else(|| slug.to_owned()));
        match self {
            Self::Hexo if is_draft => ("source/_drafts", stem),
            Self::Hexo => ("source/_posts", stem),
            Self::Jekyll if is_draft => ("_drafts", stem.replace('/', "-")),
            Self::Jekyll => {
                let day = published_at.with_timezone(&zone).format("%Y-%m-%d");
                ("_posts", format!("{day}-{}", stem.replace('/', "-")))
            }
            Self::Hugo => ("content/posts", stem),
        }
    }

    /// Where a file goes that came from this path below a site or a loose folder: its old place, or, where the tool would not
    /// find it there, the same path below the folder of posts. None where it has to be named anew.
    #[must_use]
    pub fn kept(self, source_path: &str) -> Option<String> {
        if !names::is_below(source_path) {
            return None;
        }
        let is_in = |folder: &str| source_path.starts_with(&format!("{folder}/"));
        match self {
            Self::Hexo if is_in("source/_posts") || is_in("source/_drafts") => Some(source_path.to_owned()),
            Self::Hexo => Some(["_posts", "_drafts"].into_iter().find_map(|folder| {
                let rest = source_path.split_once(&format!("{folder}/"));
                let (before, rest) = rest?;
                (before.is_empty() || before.ends_with('/')).then(|| format!("source/{folder}/{rest}"))
            }))
            .map(|found| found.unwrap_or_else(|| format!("source/_posts/{source_path}"))),
            Self::Jekyll => {
                let (folders, _) = source_path.rsplit_once('/')?;
                folders.split('/').any(|folder| matches!(folder, "_posts" | "_drafts")).then(|| source_path.to_owned())
            }
            Self::Hugo if is_in("content") => Some(source_path.to_owned()),
            Self::Hugo => Some(format!("content/{source_path}")),
        }
    }

    /// A pattern as its configuration has it.
    #[must_use]
    pub fn permalink(self, pattern: &str) -> String {
        match self {
            Self::Hexo => pattern.to_owned(),
            Self::Jekyll => format!("/{pattern}"),
            Self::Hugo => format!("/{}", pattern.replace(":title", ":slug")),
        }
    }
}

/// The end of a path that a file can be named by: as many segments as the slug has, if they make that slug.
fn name(path: &str, slug: &str) -> Option<String> {
    let (bare, _) = without_end(path);
    let segments: Vec<&str> = bare.split('/').collect();
    let (_, tail) = segments.split_at_checked(segments.len().checked_sub(slug.split('/').count())?)?;
    let name = tail.join("/");
    (slugify_path(&name) == slug).then_some(name)
}

/// The pattern that gives this article its path: `:year`, `:month`, `:day`, `:title` and plain text. None where its path does
/// not end in its name.
#[must_use]
pub fn pattern(path: &str, slug: &str, published_at: DateTime<Utc>, zone: Tz) -> Option<String> {
    let (bare, end) = without_end(path);
    let head = bare.strip_suffix(&name(path, slug)?)?;
    if head.contains(':') {
        return None;
    }
    let local = published_at.with_timezone(&zone);
    let mut known = [("%Y", ":year"), ("%m", ":month"), ("%d", ":day")]
        .map(|(format, variable)| (local.format(format).to_string(), variable))
        .into_iter()
        .peekable();
    let mut pattern = String::new();
    for segment in head.split('/').filter(|segment| !segment.is_empty()) {
        // In this order alone: a 02 is the month before it is the day.
        let variable = known.next_if(|(value, _)| value == segment).map(|(_, variable)| variable);
        pattern.push_str(variable.unwrap_or(segment));
        pattern.push('/');
    }
    Some(format!("{pattern}:title{end}"))
}

fn without_end(path: &str) -> (&str, &'static str) {
    let bare = path.trim_start_matches('/');
    ["/", ".html"].into_iter().find_map(|end| Some((bare.strip_suffix(end)?, end))).unwrap_or((bare, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Shanghai;

    fn date() -> DateTime<Utc> {
        "2022-02-01T18:09:07Z".parse().unwrap()
    }

    #[test]
    fn a_pattern_is_found_in_a_path() {
        let found = |path, slug| pattern(path, slug, date(), Shanghai);
        assert_eq!(found("/2022/02/02/My Tide/", "my-tide").unwrap(), ":year/:month/:day/:title/");
        assert_eq!(found("/blog/2022/a/b.html", "a/b").unwrap(), "blog/:year/:title.html");
        assert_eq!(found("/tide", "tide").unwrap(), ":title");
        assert_eq!(found("/walks/harbour/", "a-walk"), None);
        assert_eq!(found("/a:b/tide/", "tide"), None);
        assert_eq!(found("/", "tide"), None);
    }

    #[test]
    fn dates_are_written_as_each_tool_has_them() {
        assert_eq!(Form::Hexo.date(date(), Shanghai, false), "2022-02-02 02:09:07");
        assert_eq!(Form::Jekyll.date(date(), Shanghai, false), "2022-02-02 02:09:07 +0800");
        assert_eq!(Form::Hugo.date(date(), Shanghai, false), "2022-02-02T02:09:07+08:00");
        assert_eq!(
            Form::Hugo.date("2022-02-01T18:09:07.5Z".parse().unwrap(), Shanghai, true),
            "2022-02-01T18:09:07.500000Z"
        );
    }

    #[test]
    fn a_file_keeps_its_place_where_the_tool_finds_it() {
        let kept = |form: Form, path| form.kept(path).unwrap();
        assert_eq!(kept(Form::Hexo, "source/_drafts/a.md"), "source/_drafts/a.md");
        assert_eq!(kept(Form::Hexo, "blog/_posts/2024/a.md"), "source/_posts/2024/a.md");
        assert_eq!(kept(Form::Hexo, "notes/a.md"), "source/_posts/notes/a.md");
        assert_eq!(kept(Form::Jekyll, "es/_posts/2022-01-01-a.md"), "es/_posts/2022-01-01-a.md");
        assert_eq!(Form::Jekyll.kept("a.md"), None);
        assert_eq!(kept(Form::Hugo, "posts/a/index.md"), "content/posts/a/index.md");
        assert_eq!(Form::Hugo.kept("../a.md"), None);
    }
}
