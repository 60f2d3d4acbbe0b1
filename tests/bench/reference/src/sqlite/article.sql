SELECT id, title, published_at, html
  FROM article JOIN body ON article_id = id
 WHERE path = ?1 AND is_draft = 0 AND +published_at <= ?2
