SELECT name, path
  FROM article_author JOIN author ON author.id = author_id
 WHERE article_id = ?1
 ORDER BY position
