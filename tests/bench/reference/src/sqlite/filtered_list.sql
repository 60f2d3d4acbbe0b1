-- The lists of the authors, each in the order of its index, are merged as they come.
{lists} ORDER BY 2 DESC, 1 DESC LIMIT 21
