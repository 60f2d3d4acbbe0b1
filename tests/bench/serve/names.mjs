// What everything is called in tables and plots, in their order.

export const CONTENDERS = {
  constant: 'constant bytes',
  hand: 'SQL by hand',
  counting: 'SQL by hand, counting',
  uncached: 'Masthead without its cache',
  engine: 'Masthead without its cache and its plans',
  cached: 'Masthead',
  unchanged: 'the same, not modified (304)',
};

export const OPERATIONS = {
  FrontPage: 'front page of a category',
  ArticlePage: 'article page',
  FilteredList: 'filtered list',
  DeepPage: '5,000 articles deep',
  CategoryTree: 'category tree',
  ArticlePageRelated: 'article page, 5 related',
  Search: 'search',
};

export const whole = (number) => Math.round(number).toLocaleString('en');
