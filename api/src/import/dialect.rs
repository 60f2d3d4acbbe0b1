//! Who wrote the posts: the program whose front matter and permalinks they have.

use super::{
    document::{PostFile, Read, Refusal, Site},
    hexo, hugo,
};
use std::fmt;

/// A dialect, with what only its configuration tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialect {
    /// Hexo 8.
    Hexo(hexo::Rules),
    /// Hugo.
    Hugo(hugo::Rules),
}

/// Reads one post. Pure: the same bytes and the same site give the same document.
///
/// # Errors
///
/// A file that is no UTF-8, whose front matter or whose dates cannot be read, or that is nested beyond reason.
pub fn read(file: &PostFile, site: &Site) -> Result<Read, Refusal> {
    match &site.rules.dialect {
        Dialect::Hexo(rules) => hexo::read(file, site, rules),
        Dialect::Hugo(rules) => hugo::read(file, site, rules),
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hexo(_) => "Hexo",
            Self::Hugo(_) => "Hugo",
        })
    }
}
