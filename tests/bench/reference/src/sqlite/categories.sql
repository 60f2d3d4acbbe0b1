SELECT name, path, category.id
  FROM article_category JOIN category ON category.id = category_id
 WHERE article_id = ?1 AND is_leaf = 1
 ORDER BY position
