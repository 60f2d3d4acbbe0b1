SELECT name, path
  FROM category_closure JOIN category ON category.id = ancestor_id
 WHERE descendant_id = ?1 AND distance > 0
 ORDER BY distance DESC
