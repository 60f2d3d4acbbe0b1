//! What `masthead check` is to find.

/// Something that nothing of ours would write, what tells it, and what is named.
pub struct Damage {
    /// `BYTES(…)` stands for hexadecimal digits, `RICH` for an article with everything.
    pub sql: &'static str,
    pub checks: &'static [&'static str],
    pub names: &'static str,
}

const fn damage(sql: &'static str, checks: &'static [&'static str], names: &'static str) -> Damage {
    Damage { sql, checks, names }
}

/// As somebody could do it who writes into the tables.
pub const DAMAGES: [Damage; 49] = [
    damage("DELETE FROM content_generation", &["single rows"], "content_generation has 0 rows"),
    damage("UPDATE content_generation SET generation = -1", &["single rows"], "-1"),
    damage("INSERT INTO folding (id, version) VALUES (2, 1)", &["single rows"], "folding has 2 rows"),
    damage("INSERT INTO site (id) VALUES (2)", &["single rows"], "site has"),
    damage("UPDATE search_state SET id = 7", &["single rows"], "search_state has 1 rows"),
    damage("DELETE FROM body WHERE article_id = 1", &["articles", "search"], "article 1 ("),
    damage("UPDATE article SET path = '//1', path_folded = '//1' WHERE id = 1", &["articles"], "`//1` is no path"),
    damage("UPDATE article SET version = 0 WHERE id = 2", &["articles"], "article 2 ("),
    damage("UPDATE article SET slug = '', slug_folded = '' WHERE id = 2", &["articles"], "has no slug"),
    damage("UPDATE article SET source_digest = NULL WHERE id = 3", &["articles"], "article 3 ("),
    damage(
        "UPDATE article_tag SET is_draft = NOT is_draft WHERE article_id = RICH",
        &["dates in lists"],
        "article RICH (",
    ),
    damage("UPDATE article_author SET published_at = 1 WHERE article_id = RICH", &["dates in lists"], "article RICH ("),
    damage(
        "UPDATE article_category SET is_draft = NOT is_draft WHERE article_id = RICH",
        &["dates in lists"],
        "of category",
    ),
    damage("UPDATE figure SET published_at = 1 WHERE id = 1", &["dates in lists"], "of image"),
    damage(
        "UPDATE article_author SET position = position + 1 WHERE article_id = RICH",
        &["authors in order"],
        "article RICH (",
    ),
    damage(
        "UPDATE article_category SET position = position + 1 WHERE article_id = RICH AND is_leaf",
        &["categories of articles"],
        "article RICH (",
    ),
    damage(
        "UPDATE article_category SET position = 9 WHERE article_id = RICH AND NOT is_leaf",
        &["categories of articles"],
        "another place",
    ),
    damage(
        "DELETE FROM article_category WHERE article_id = RICH AND NOT is_leaf",
        &["categories of articles", "search"],
        "is missing from the list",
    ),
    damage(
        "INSERT INTO article_category (category_id, article_id, is_leaf, position, is_draft, published_at) SELECT max(c.id), a.id, false, 0, a.is_draft, a.published_at FROM category c, article a WHERE a.id = 1 GROUP BY a.id, a.is_draft, a.published_at",
        &["categories of articles", "search"],
        "does not stand below it",
    ),
    damage("UPDATE article SET author_ids = '[]' WHERE id = RICH", &["names in rows"], "the authors []"),
    damage("UPDATE article SET category_ids = '[77]' WHERE id = RICH", &["names in rows"], "the categories [77]"),
    damage("UPDATE article SET tag_ids = '[]' WHERE id = RICH", &["names in rows"], "the tags []"),
    damage("UPDATE figure SET position = 90 WHERE id = 1", &["figures"], "the positions of its figures"),
    damage("UPDATE figure SET is_cover = true", &["figures"], "covers"),
    damage(
        "UPDATE figure SET position = -3, is_cover = false WHERE id = (SELECT max(id) FROM figure)",
        &["figures"],
        "at -3",
    ),
    damage("UPDATE image SET bytes = 7 WHERE id = 1", &["images"], "a length without a copy"),
    damage(
        "UPDATE image SET width = NULL WHERE id = (SELECT min(id) FROM image WHERE width IS NOT NULL)",
        &["images"],
        "a width or a height",
    ),
    damage("UPDATE category SET depth = 9 WHERE id = 1", &["tree"], "the depth is 9"),
    damage("UPDATE category SET lineage = 'x' WHERE id = (SELECT max(id) FROM category)", &["tree"], "the lineage"),
    damage(
        "UPDATE category SET slug = 'x', slug_folded = 'x' WHERE id = (SELECT max(id) FROM category)",
        &["tree"],
        "the slug",
    ),
    damage(
        "UPDATE category_closure SET distance = 7 WHERE distance = 1 AND descendant_id = (SELECT max(id) FROM category)",
        &["closure"],
        "noted 7 below",
    ),
    damage(
        "DELETE FROM category_closure WHERE distance = 0 AND descendant_id = (SELECT max(id) FROM category)",
        &["closure"],
        "is not noted 0 below",
    ),
    damage("UPDATE article_count SET ready = ready + 1 WHERE list = 'site'", &["counts"], "`site`"),
    damage("DELETE FROM article_count WHERE list = 'tag' AND ready > 0", &["counts"], "`tag`"),
    damage(
        "INSERT INTO article_count (list, owner_id, ready) VALUES ('author', 99999, 3)",
        &["counts"],
        "`author` of 99999",
    ),
    damage("DELETE FROM search_document WHERE article_id = 5", &["indexed", "search"], "article 5 ("),
    damage(
        "INSERT INTO suggestion (kind, owner_id, number, key, shared, is_draft, published_at) VALUES (3, 99999, 0, 'x', 0, false, 0)",
        &["indexed"],
        "tag 99999",
    ),
    damage(
        "INSERT INTO suggestion (kind, owner_id, number, key, shared, is_draft, published_at) VALUES (4, 99999, 0, 'x', 0, false, 0)",
        &["indexed"],
        "article 99999",
    ),
    damage(
        "INSERT INTO search_page (segment_id, first_key, last_key, data) VALUES (99999, BYTES(67), BYTES(67), BYTES(00))",
        &["indexed"],
        "search_segment 99999",
    ),
    damage("UPDATE article SET word_count = word_count + 1 WHERE id = 6", &["texts"], "article 6 ("),
    damage("UPDATE article SET extra = '[]' WHERE id = 6", &["texts"], "`extra`"),
    damage("UPDATE body SET headings = '[' WHERE article_id = 6", &["texts"], "`headings`"),
    damage("UPDATE article SET title_pinyin = 'x' WHERE id = 6", &["folded"], "article 6: `title_pinyin`"),
    damage(
        "UPDATE suggestion SET key = 'x' WHERE kind = 4 AND owner_id = 6 AND number = 0",
        &["suggestions"],
        "article 6 (`",
    ),
    damage("DELETE FROM suggestion WHERE kind = 2 AND owner_id = 1", &["suggestions"], "author 1 (`"),
    damage("UPDATE search_segment SET documents = documents + 1", &["search"], "are noted"),
    damage(
        "UPDATE search_segment SET dead = BYTES(01) WHERE id = (SELECT max(id) FROM search_segment)",
        &["search"],
        "does not count",
    ),
    damage("DELETE FROM search_page WHERE id = (SELECT max(id) FROM search_page)", &["search"], "other words"),
    damage(
        "UPDATE search_page SET data = BYTES(0267) WHERE id = (SELECT max(id) FROM search_page)",
        &["search"],
        "can not be read",
    ),
];

/// What the databases forbid, unless that is switched off.
pub const FORBIDDEN: [Damage; 6] = [
    damage("UPDATE author SET avatar_id = 99999 WHERE id = 1", &["references"], "names image 99999"),
    damage(
        "INSERT INTO earlier_path (path, article_id) VALUES ('/x', 99999)",
        &["references"],
        "`article_id` names article 99999",
    ),
    damage(
        "INSERT INTO body (article_id, html, markdown, text, headings) VALUES (99999, '', '', '', '[]')",
        &["references"],
        "1 of body",
    ),
    damage(
        "INSERT INTO category_closure (ancestor_id, descendant_id, distance) VALUES (99999, 99999, 0)",
        &["closure", "references"],
        "names category 99999",
    ),
    damage("UPDATE figure SET image_id = 99999 WHERE id = 1", &["references", "search"], "1 of figure"),
    damage(
        "UPDATE category SET parent_id = 99999 WHERE parent_id IS NOT NULL",
        &["closure", "references", "tree"],
        "of category: `parent_id`",
    ),
];
