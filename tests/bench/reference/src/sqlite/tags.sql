SELECT name, path
  FROM article_tag JOIN tag ON tag.id = tag_id
 WHERE article_id = ?1
 ORDER BY name
