-- Few articles are still to come, if any: they are looked for once.
WITH to_come AS MATERIALIZED (
  SELECT category_id, count(*) AS articles FROM article_category
   WHERE article_id = ANY (ARRAY(SELECT id FROM article WHERE NOT is_draft AND published_at > $2))
   GROUP BY category_id)
SELECT name, path, depth, coalesce(ready, 0) - coalesce(articles, 0)
  FROM category
  LEFT JOIN article_count ON list = 'category' AND owner_id = category.id
  LEFT JOIN to_come ON category_id = category.id
 ORDER BY lineage LIMIT $1
