WITH owner AS MATERIALIZED (
  SELECT id, name, {count} AS total FROM category WHERE slug = $1),
listed AS MATERIALIZED (
  SELECT article_id, published_at FROM article_category
   WHERE category_id = (SELECT id FROM owner) AND NOT is_draft AND published_at <= $2
   ORDER BY published_at DESC, article_id DESC LIMIT 20)
SELECT 0, id, total, name, NULL, NULL, NULL, NULL::int, NULL::int FROM owner
UNION ALL
