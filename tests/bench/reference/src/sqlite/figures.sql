SELECT position, figure.alt, caption, credit, original_url, width, height
  FROM figure JOIN image ON image.id = image_id
 WHERE article_id = ?1 AND position >= 0
 ORDER BY position
