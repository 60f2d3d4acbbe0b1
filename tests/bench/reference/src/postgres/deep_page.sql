WITH listed AS MATERIALIZED (
  SELECT id AS article_id, published_at FROM article
   WHERE NOT is_draft AND (published_at, id) < ($1, $2)
   ORDER BY published_at DESC, id DESC LIMIT 21)
