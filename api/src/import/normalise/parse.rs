//! HTML5 fragments to a DOM, refusing what is nested beyond reason before it costs time or memory.

use std::{cell::RefCell, collections::HashSet};

use dom_query::{Document, NodeId};
use html5ever::{
    ParseOpts, Parser, QualName, local_name, ns, parse_fragment,
    tendril::{StrTendril, TendrilSink},
    tree_builder::{Tracer, TreeBuilderOpts},
};
use thiserror::Error;

/// The most elements that may be open at once.
const MOST_LEVELS: usize = 500;
/// The most nodes: so many for free, and so many for a byte. A formatting element that is never closed is repeated in
/// every later block, so that their number can grow with the square of the size.
const FREE_NODES: usize = 100_000;
const MOST_NODES_PER_BYTE: usize = 2;
/// The most nodes of all. Each takes about 250 bytes while a body is brought to its form.
const MOST_NODES: usize = 600_000;
/// The most bytes of a body in its form, in which `&` is `&amp;`.
pub(super) const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pictures. Each is a row of the database too.
pub(super) const MOST_IMAGES: usize = 100_000;
/// How much is parsed between two looks at the parser; no more than a third as many levels can be added by it.
const CHUNK_BYTES: usize = 1_024;

/// A body that no author writes: reading it would take too much time or memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TooDeep {
    /// Elements in elements.
    #[error("the body's HTML is nested more than {MOST_LEVELS} levels deep: close the elements that it opens")]
    Levels,
    /// Elements and texts.
    #[error("the body's HTML has too many elements: close the formatting elements that it opens, or split the article")]
    Nodes,
    /// Characters that HTML writes as several.
    #[error("the body's HTML is longer than {} MiB: split the article", MOST_BYTES / 1024 / 1024)]
    Length,
    /// Pictures.
    #[error("the body has more than {MOST_IMAGES} pictures: split the article")]
    Images,
    /// Marks and lines of Markdown.
    #[error("the body's Markdown has too many marks, or they are nested too deep: split the article")]
    Markdown,
    /// Template tags and shortcodes.
    #[error("the body has too many template tags: split the article")]
    Tags,
}

/// Parses HTML as a browser does that runs no scripts.
pub(super) fn fragment(html: &str) -> Result<Document, TooDeep> {
    let mut parser = parser();
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, next) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES));
        parser.process(StrTendril::from_slice(chunk));
        let most_nodes = MOST_NODES.min(FREE_NODES + MOST_NODES_PER_BYTE * (html.len() - next.len()));
        if Open::count(&parser) > MOST_LEVELS {
            return Err(TooDeep::Levels);
        }
        if parser.tokenizer.sink.sink.tree.len() > most_nodes {
            return Err(TooDeep::Nodes);
        }
        rest = next;
    }
    Ok(parser.finish())
}

fn parser() -> Parser<Document> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(Document::fragment_sink(), options, context, Vec::new(), false)
}

/// The elements that the parser still holds: those that are open, and the formatting ones that it is yet to repeat.
#[derive(Default)]
struct Open {
    seen: RefCell<HashSet<NodeId>>,
}

impl Open {
    fn count(parser: &Parser<Document>) -> usize {
        let open = Self::default();
        parser.tokenizer.sink.trace_handles(&open);
        open.seen.into_inner().len()
    }
}

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, node: &NodeId) {
        self.seen.borrow_mut().insert(*node);
    }
}
