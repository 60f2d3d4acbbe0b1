WITH found AS MATERIALIZED (
  SELECT id, title, published_at FROM article WHERE path = $1 AND NOT is_draft AND published_at <= $2),
own AS MATERIALIZED (
  SELECT category_id, position FROM found JOIN article_category ON article_id = id WHERE is_leaf)
SELECT 1, id, published_at, title, html, NULL, NULL, NULL::int, NULL::int
  FROM found JOIN body ON article_id = id
UNION ALL
SELECT 2, 0, position, name, path, NULL, NULL, NULL, NULL
  FROM found JOIN article_author ON article_id = found.id JOIN author ON author.id = author_id
UNION ALL
SELECT 3, 0, position, name, path, NULL, NULL, NULL, NULL
  FROM own JOIN category ON category.id = category_id
UNION ALL
SELECT 5, position, -distance, name, path, NULL, NULL, NULL, NULL
  FROM own JOIN category_closure ON descendant_id = category_id AND distance > 0 JOIN category ON category.id = ancestor_id
UNION ALL
(SELECT 6, 0, 0, name, path, NULL, NULL, NULL, NULL
  FROM found JOIN article_tag ON article_id = found.id JOIN tag ON tag.id = tag_id ORDER BY name)
UNION ALL
SELECT 7, 0, position, figure.alt, original_url, caption, credit, width, height
  FROM found JOIN figure ON article_id = found.id JOIN image ON image.id = image_id
 WHERE position >= 0
