SELECT id, published_at, slug, path, title, excerpt, CASE WHEN excerpt IS NULL THEN opening END
  FROM article
 WHERE is_draft = 0 AND (published_at, id) < (?1, ?2)
 ORDER BY published_at DESC, id DESC
 LIMIT 21
