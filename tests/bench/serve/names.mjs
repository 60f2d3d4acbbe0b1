// What everything is called in tables and plots, in their order.

export const CONTENDERS = {
  constant: 'constant bytes',
  hand: 'SQL by hand',
  uncached: 'Masthead without its cache',
  cached: 'Masthead',
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
