SELECT name, path, depth, {count} FROM category ORDER BY lineage LIMIT $1
