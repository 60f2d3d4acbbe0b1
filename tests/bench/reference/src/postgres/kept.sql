coalesce((SELECT ready FROM article_count WHERE list = 'category' AND owner_id = category.id), 0)
- (SELECT count(*) FROM article_category WHERE category_id = category.id AND NOT is_draft AND published_at > $2)
