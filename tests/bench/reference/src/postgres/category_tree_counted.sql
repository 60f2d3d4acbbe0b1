SELECT name, path, depth, (
         SELECT count(*) FROM article_category
          WHERE category_id = category.id AND NOT is_draft AND published_at <= $2)
  FROM category
 ORDER BY lineage LIMIT $1
