SELECT article.id, listed.published_at, path, title
  FROM article_author AS listed JOIN article ON article.id = article_id
 WHERE author_id = (SELECT id FROM author WHERE slug = {author})
   AND listed.is_draft = 0 AND listed.published_at >= ?2 AND listed.published_at < ?3 AND instr(title, ?1) > 0
