WITH listed AS MATERIALIZED (
  SELECT published_at, id AS article_id, path, title FROM article
   WHERE strpos(title, $1) > 0 AND id = ANY (ARRAY(
           SELECT article_id FROM author JOIN article_author ON author_id = author.id
            WHERE slug = ANY ($4) AND NOT is_draft AND published_at >= $2 AND published_at < $3))
   ORDER BY published_at DESC, id DESC LIMIT 21)
SELECT 1, article_id, published_at, path, title, NULL, NULL, NULL::int, NULL::int FROM listed
UNION ALL
SELECT 2, article_id, position, name, author.path, NULL, NULL, NULL, NULL
  FROM listed JOIN article_author USING (article_id) JOIN author ON author.id = author_id
