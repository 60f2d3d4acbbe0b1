//! What the database can find by itself: statements whose rows are what is wrong, an id to order them by and a text.
//!
//! Written as SQL that both databases understand: a check is to be read, and tried by hand, as one piece.

use super::{REINDEX, RESTORE};

/// A statement that gives nothing where all is well.
pub struct Check {
    /// In front of what it finds.
    pub name: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Columns `id` and `what`.
    pub sql: String,
}

/// A column that names rows of another table, and that table. The databases look after most of them; not where somebody has
/// switched that off, and not after those of what is made of the content.
pub const REFERENCES: [(&str, &str, &str); 18] = [
    ("article_author", "article_id", "article"),
    ("article_author", "author_id", "author"),
    ("article_category", "article_id", "article"),
    ("article_category", "category_id", "category"),
    ("article_tag", "article_id", "article"),
    ("article_tag", "tag_id", "tag"),
    ("author", "avatar_id", "image"),
    ("body", "article_id", "article"),
    ("category", "parent_id", "category"),
    ("category_closure", "ancestor_id", "category"),
    ("category_closure", "descendant_id", "category"),
    ("earlier_path", "article_id", "article"),
    ("figure", "article_id", "article"),
    ("figure", "image_id", "image"),
    ("source_file", "article_id", "article"),
    ("search_document", "article_id", "article"),
    ("search_document", "segment_id", "search_segment"),
    ("search_page", "segment_id", "search_segment"),
];

/// What stands beside the id of a reference that both databases make anew.
const MADE: [&str; 2] = ["search_document", "search_page"];

/// All of them.
pub fn checks() -> Vec<Check> {
    let check = |name, remedy, sql: &str| Check { name, remedy, sql: sql.to_owned() };
    vec![
        Check { name: "references", remedy: RESTORE, sql: references(|table| !MADE.contains(&table)) },
        check("single rows", RESTORE, SINGLE_ROWS),
        check("articles", RESTORE, ARTICLES),
        Check { name: "dates in lists", remedy: RESTORE, sql: copies() },
        check("authors in order", RESTORE, AUTHORS),
        check("categories of articles", RESTORE, CATEGORIES),
        check("names in rows", RESTORE, LINKS),
        check("figures", RESTORE, FIGURES),
        check("images", RESTORE, IMAGES),
        check("tree", RESTORE, TREE),
        check("closure", RESTORE, CLOSURE),
        check("counts", RESTORE, COUNTS),
        check("indexed", REINDEX, &indexed()),
    ]
}

fn references(is_in: impl Fn(&str) -> bool) -> String {
    let of = |(table, column, target): &(&str, &str, &str)| {
        format!(
            "SELECT r.{column} AS id, count(*) || ' of {table}: `{column}` names {target} ' || r.{column} || ', which is not there' AS what
               FROM {table} r LEFT JOIN {target} t ON t.id = r.{column}
              WHERE r.{column} IS NOT NULL AND t.id IS NULL GROUP BY r.{column}"
        )
    };
    let all: Vec<String> = REFERENCES.iter().filter(|(table, ..)| is_in(table)).map(of).collect();
    all.join(" UNION ALL ")
}

const SINGLE_ROWS: &str = "
    SELECT 0 AS id, 'content_generation has ' || count(*) || ' rows instead of one with the id 1' AS what
      FROM content_generation HAVING count(*) <> 1 OR min(id) <> 1
    UNION ALL SELECT 1, 'folding has ' || count(*) || ' rows instead of one with the id 1'
      FROM folding HAVING count(*) <> 1 OR min(id) <> 1
    UNION ALL SELECT 2, 'search_state has ' || count(*) || ' rows instead of one with the id 1'
      FROM search_state HAVING count(*) <> 1 OR min(id) <> 1
    UNION ALL SELECT 3, 'site has ' || count(*) || ' rows instead of one with the id 1, or none'
      FROM site HAVING count(*) > 1 OR min(id) <> 1
    UNION ALL SELECT 4, 'the generation of the content is ' || generation || '; it is never below 0'
      FROM content_generation WHERE generation < 0";

/// No path begins with two slashes: so do those that articles have while they change places.
const ARTICLES: &str = "
    SELECT a.id, 'article ' || a.id || ' (' || a.path || ') has no body' AS what
      FROM article a LEFT JOIN body b ON b.article_id = a.id WHERE b.article_id IS NULL
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.slug || '): `' || a.path || '` is no path'
      FROM article a WHERE a.path NOT LIKE '/%' OR a.path LIKE '//%'
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.path || ') has the version ' || a.version || '; the first one is 1'
      FROM article a WHERE a.version < 1
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.path || ') has no slug' FROM article a WHERE a.slug = ''
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.path || ') tells only a part of where it came from'
      FROM article a
     WHERE (a.source_root IS NULL) <> (a.source_path IS NULL) OR (a.source_path IS NULL) <> (a.source_digest IS NULL)";

/// What repeats the date of an article and whether it is a draft, and what it belongs to besides.
fn copies() -> String {
    let of = |(table, owner): (&str, &str)| {
        format!(
            "SELECT a.id, 'article ' || a.id || ' (' || a.path || ') has another date, or is no draft, in the list of {owner} ' || r.{owner}_id AS what
               FROM {table} r JOIN article a ON a.id = r.article_id
              WHERE r.is_draft <> a.is_draft OR r.published_at <> a.published_at"
        )
    };
    let tables =
        [("article_author", "author"), ("article_category", "category"), ("article_tag", "tag"), ("figure", "image")];
    tables.map(of).join(" UNION ALL ")
}

const AUTHORS: &str = "
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): the positions of its authors are not 0, 1, 2 and so on' AS what
      FROM (SELECT article_id FROM article_author GROUP BY article_id
            HAVING min(position) <> 0 OR max(position) <> count(*) - 1 OR count(DISTINCT position) <> count(*)) r
      JOIN article a ON a.id = r.article_id";

/// The leaves of an article in order, and once each category above them, at the place of the first chain through it.
const CATEGORIES: &str = "
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): the positions of its categories are not 0, 1, 2 and so on' AS what
      FROM (SELECT article_id FROM article_category WHERE is_leaf GROUP BY article_id
            HAVING min(position) <> 0 OR max(position) <> count(*) - 1 OR count(DISTINCT position) <> count(*)) r
      JOIN article a ON a.id = r.article_id
    UNION ALL
    SELECT a.id, 'article ' || a.id || ' (' || a.path || ') is missing from the list of category ' || d.category_id || ', below which it stands'
      FROM (SELECT DISTINCT l.article_id, c.ancestor_id AS category_id
              FROM article_category l JOIN category_closure c ON c.descendant_id = l.category_id WHERE l.is_leaf) d
      JOIN article a ON a.id = d.article_id
      LEFT JOIN article_category r ON r.category_id = d.category_id AND r.article_id = d.article_id
     WHERE r.article_id IS NULL
    UNION ALL
    SELECT a.id, 'article ' || a.id || ' (' || a.path || ') is in the list of category ' || r.category_id || CASE
             WHEN d.position IS NULL THEN ', and does not stand below it' ELSE ' at another place than the chain that leads there' END
      FROM article_category r
      JOIN article a ON a.id = r.article_id
      LEFT JOIN (SELECT l.article_id, c.ancestor_id AS category_id, min(l.position) AS position
                   FROM article_category l JOIN category_closure c ON c.descendant_id = l.category_id
                  WHERE l.is_leaf GROUP BY l.article_id, c.ancestor_id) d
        ON d.article_id = r.article_id AND d.category_id = r.category_id
     WHERE NOT r.is_leaf AND (d.position IS NULL OR d.position <> r.position)";

/// As the migration that made the columns has filled them.
const LINKS: &str = "
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): its row names the authors ' || a.author_ids || ', its list has others' AS what
      FROM article a WHERE a.author_ids <> '[' || coalesce((
        SELECT string_agg(CAST(r.author_id AS text), ',' ORDER BY r.position) FROM article_author r WHERE r.article_id = a.id), '') || ']'
    UNION ALL
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): its row names the categories ' || a.category_ids || ', its list has others'
      FROM article a WHERE a.category_ids <> '[' || coalesce((
        SELECT string_agg(CAST(r.category_id AS text), ',' ORDER BY r.position) FROM article_category r
         WHERE r.article_id = a.id AND r.is_leaf), '') || ']'
    UNION ALL
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): its row names the tags ' || a.tag_ids || ', its list has others'
      FROM article a WHERE a.tag_ids <> '[' || coalesce((
        SELECT string_agg(CAST(r.tag_id AS text), ',' ORDER BY t.name) FROM article_tag r JOIN tag t ON t.id = r.tag_id
         WHERE r.article_id = a.id), '') || ']'";

const FIGURES: &str = "
    SELECT a.id, 'article ' || a.id || ' (' || a.path || '): the positions of its figures are not 0, 1, 2 and so on' AS what
      FROM (SELECT article_id FROM figure WHERE position >= 0 GROUP BY article_id
            HAVING min(position) <> 0 OR max(position) <> count(*) - 1) f
      JOIN article a ON a.id = f.article_id
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.path || ') has ' || f.covers || ' covers and ' || f.thumbnails || ' thumbnails'
      FROM (SELECT article_id, sum(CASE WHEN is_cover THEN 1 ELSE 0 END) AS covers,
                   sum(CASE WHEN is_thumbnail THEN 1 ELSE 0 END) AS thumbnails
              FROM figure WHERE is_cover OR is_thumbnail GROUP BY article_id) f
      JOIN article a ON a.id = f.article_id WHERE f.covers > 1 OR f.thumbnails > 1
    UNION ALL SELECT a.id, 'article ' || a.id || ' (' || a.path || '): the figure at ' || f.position || ' is neither in the body nor cover or thumbnail'
      FROM figure f JOIN article a ON a.id = f.article_id
     WHERE f.position < -2 OR f.position = -1 AND NOT f.is_cover OR f.position = -2 AND NOT f.is_thumbnail";

/// One that no figure names is no damage: what articles show changes, and an image keeps its id.
const IMAGES: &str = "
    SELECT id, 'image ' || id || ' (' || original_url || ') has a copy without a length, or a length without a copy' AS what
      FROM image WHERE (media IS NULL) <> (bytes IS NULL)
    UNION ALL SELECT id, 'image ' || id || ' (' || original_url || ') has a width or a height, and must have both or none'
      FROM image WHERE (width IS NULL) <> (height IS NULL)";

const TREE: &str = "
    SELECT c.id, 'category ' || c.id || ' (' || c.slug || '): ' || CASE
             WHEN c.depth <> coalesce(p.depth + 1, 0) THEN 'the depth is ' || c.depth || ', and is one more than that of its parent'
             WHEN c.lineage <> coalesce(p.lineage || '\u{1f}', '') || c.name THEN 'the lineage is not the names from the root to it'
             ELSE 'the slug is not that of its parent and its own' END AS what
      FROM category c LEFT JOIN category p ON p.id = c.parent_id
     WHERE c.depth <> coalesce(p.depth + 1, 0)
        OR c.lineage <> coalesce(p.lineage || '\u{1f}', '') || c.name
        OR substr(c.slug, 1, length(p.slug) + 1) <> p.slug || '/'
        OR substr(c.slug, coalesce(length(p.slug) + 2, 1)) LIKE '%/%'
        OR substr(c.slug, coalesce(length(p.slug) + 2, 1)) = ''";

/// Parents that go round in a circle end at the greatest depth.
const CLOSURE: &str = "
    WITH RECURSIVE up (descendant_id, ancestor_id, distance) AS (
      SELECT id, id, 0 FROM category
      UNION ALL
      SELECT up.descendant_id, c.parent_id, up.distance + 1 FROM up JOIN category c ON c.id = up.ancestor_id
       WHERE c.parent_id IS NOT NULL AND up.distance < (SELECT max(depth) FROM category))
    SELECT d.descendant_id AS id, 'category ' || d.descendant_id || ' is not noted ' || d.distance || ' below category ' || d.ancestor_id AS what
      FROM (SELECT descendant_id, ancestor_id, distance FROM up
            EXCEPT SELECT descendant_id, ancestor_id, distance FROM category_closure) d
    UNION ALL
    SELECT d.descendant_id, 'category ' || d.descendant_id || ' is noted ' || d.distance || ' below category ' || d.ancestor_id || ', and is not there'
      FROM (SELECT descendant_id, ancestor_id, distance FROM category_closure
            EXCEPT SELECT descendant_id, ancestor_id, distance FROM up) d";

/// A list without a row has none.
const COUNTS: &str = "
    SELECT owner_id AS id, 'the list `' || list || '` of ' || owner_id || ' has ' || sum(found) || ' articles that are no drafts, and ' || sum(kept) || ' are noted' AS what
      FROM (SELECT list, owner_id, ready AS kept, 0 AS found FROM article_count
            UNION ALL SELECT 'site', 0, 0, count(*) FROM article WHERE NOT is_draft
            UNION ALL SELECT 'category', category_id, 0, count(*) FROM article_category WHERE NOT is_draft GROUP BY category_id
            UNION ALL SELECT 'category_alone', category_id, 0, count(*) FROM article_category
                       WHERE NOT is_draft AND is_leaf GROUP BY category_id
            UNION ALL SELECT 'author', author_id, 0, count(*) FROM article_author WHERE NOT is_draft GROUP BY author_id
            UNION ALL SELECT 'tag', tag_id, 0, count(*) FROM article_tag WHERE NOT is_draft GROUP BY tag_id) counted
     GROUP BY list, owner_id HAVING sum(found) <> sum(kept)";

/// Whether every article is in the index of the search, and nothing there or among the suggestions is of what is gone.
fn indexed() -> String {
    let missing = "
        SELECT a.id, 'article ' || a.id || ' (' || a.path || ') is not in the index of the search' AS what
          FROM article a LEFT JOIN search_document d ON d.article_id = a.id WHERE d.article_id IS NULL";
    let named = [(1, "category"), (2, "author"), (3, "tag"), (4, "article")];
    let suggestions = named.map(|(kind, table)| {
        format!(
            "SELECT s.owner_id AS id, '{table} ' || s.owner_id || ' is suggested, and is not there' AS what
               FROM suggestion s LEFT JOIN {table} t ON t.id = s.owner_id
              WHERE s.kind = {kind} AND t.id IS NULL GROUP BY s.owner_id"
        )
    });
    [missing, &suggestions.join(" UNION ALL "), &references(|table| MADE.contains(&table))].join(" UNION ALL ")
}
