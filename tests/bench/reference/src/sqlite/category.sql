SELECT id, name, {count} FROM category WHERE slug = ?1
