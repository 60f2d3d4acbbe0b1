SELECT figure.alt, original_url, width, height
  FROM figure JOIN image ON image.id = image_id
 WHERE article_id = ?1 AND is_cover = 1
 ORDER BY position
