SELECT article.id, listed.published_at, slug, path, title, excerpt, CASE WHEN excerpt IS NULL THEN opening END
  FROM article_category AS listed JOIN article ON article.id = article_id
 WHERE category_id = ?1 AND listed.is_draft = 0 AND listed.published_at <= ?2
 ORDER BY listed.published_at DESC, article_id DESC
 LIMIT 21
