SELECT article.id, listed.published_at, article.slug, article.path, article.title, article.excerpt,
       CASE WHEN article.excerpt IS NULL THEN article.opening END
  FROM article AS listed JOIN article USING (id)
 WHERE listed.is_draft = 0 AND (listed.published_at, listed.id) < (?1, ?2)
 ORDER BY listed.published_at DESC, listed.id DESC
 LIMIT 21
