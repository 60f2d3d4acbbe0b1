SELECT id, name,
       (SELECT count(*) FROM article_category WHERE category_id = category.id AND is_draft = 0 AND published_at <= ?2)
  FROM category
 WHERE slug = ?1
