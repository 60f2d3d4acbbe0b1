//! Who wrote the posts: the program whose front matter and permalinks they have.

use super::{
    document::{PostFile, Read, Refusal, Site},
    hexo, hugo, jekyll,
};
use std::fmt;

/// A dialect, with what only its configuration tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialect {
    /// Hexo 8.
    Hexo(hexo::Rules),
    /// Jekyll 4.
    Jekyll(jekyll::Rules),
    /// Hugo.
    Hugo(hugo::Rules),
}

/// A dialect by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Hexo.
    Hexo,
    /// Jekyll.
    Jekyll,
    /// Hugo.
    Hugo,
}

/// Reads one post. Pure: the same bytes and the same site give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &Site) -> Result<Read, Refusal> {
    match &site.rules.dialect {
        Dialect::Hexo(rules) => hexo::read(file, site, rules),
        Dialect::Jekyll(rules) => jekyll::read(file, site, rules),
        Dialect::Hugo(rules) => hugo::read(file, site, rules),
    }
}

impl Dialect {
    /// Which one it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Hexo(_) => Kind::Hexo,
            Self::Jekyll(_) => Kind::Jekyll,
            Self::Hugo(_) => Kind::Hugo,
        }
    }

    /// As it is stored and as options name it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hexo(_) => "hexo",
            Self::Jekyll(_) => "jekyll",
            Self::Hugo(_) => "hugo",
        }
    }
}

impl Kind {
    /// As it is stored and as options name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hexo => "hexo",
            Self::Jekyll => "jekyll",
            Self::Hugo => "hugo",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hexo => "Hexo",
            Self::Jekyll => "Jekyll",
            Self::Hugo => "Hugo",
        })
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind().fmt(f)
    }
}
