SELECT 1, listed.article_id, listed.published_at, slug, path, title,
       coalesce(excerpt, left(opening, 200)), (excerpt IS NULL)::int, NULL::int
  FROM listed JOIN article ON article.id = listed.article_id
UNION ALL
SELECT 2, listed.article_id, position, name, path, NULL, NULL, NULL, NULL
  FROM listed JOIN article_author USING (article_id) JOIN author ON author.id = author_id
UNION ALL
SELECT 3, listed.article_id, position, name, path, NULL, NULL, NULL, NULL
  FROM listed JOIN article_category USING (article_id) JOIN category ON category.id = category_id
 WHERE is_leaf
UNION ALL
SELECT 4, listed.article_id, position, figure.alt, original_url, NULL, NULL, width, height
  FROM listed JOIN figure USING (article_id) JOIN image ON image.id = image_id
 WHERE is_cover
