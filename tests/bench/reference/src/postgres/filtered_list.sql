WITH listed AS MATERIALIZED (
  SELECT DISTINCT own.published_at, article_id, article.path, title
    FROM author JOIN article_author AS own ON author_id = author.id JOIN article ON article.id = article_id
   WHERE author.slug = ANY ($4) AND NOT own.is_draft AND own.published_at >= $2 AND own.published_at < $3
     AND strpos(title, $1) > 0
   ORDER BY published_at DESC, article_id DESC LIMIT 21)
SELECT 1, article_id, published_at, path, title, NULL, NULL, NULL::int, NULL::int FROM listed
UNION ALL
SELECT 2, article_id, position, name, author.path, NULL, NULL, NULL, NULL
  FROM listed JOIN article_author USING (article_id) JOIN author ON author.id = author_id
