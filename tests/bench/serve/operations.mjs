// What is asked: operations as a frontend has them, each with many sets of variables, the same in every run.

import { readFileSync } from 'node:fs';
import { random } from '../numbers.mjs';
import { pieces, texts } from '../search/queries.mjs';

const SETS = 200;
const PAGE = 20;
const DEEP = 5_000;
const YEAR = 365 * 24 * 3_600 * 1_000;

const document = (name) => readFileSync(new URL(`operations/${name}.graphql`, import.meta.url), 'utf8');

/** What SQL written by hand does not answer: its ranking is that of the index of the search. */
const ALONE = ['ArticlePageRelated', 'Search'];
/** What has totals, which can be counted or be kept. */
const COUNTED = ['FrontPage', 'CategoryTree'];

/** An operation, what it is asked with, and what is answered, once that is known. */
class Operation {
  constructor(name, sets) {
    Object.assign(this, { name, query: document(name), sets, answers: [] });
    Object.assign(this, { isAlone: ALONE.includes(name), isCounted: COUNTED.includes(name) });
  }

  bodies() {
    const { name: operationName, query } = this;
    return this.sets.map((variables) => JSON.stringify({ operationName, query, variables }));
  }
}

/** Categories with a whole page, the largest first. */
async function categories(server) {
  const query = '{ categories(first: 1000, orderBy: [{ field: ARTICLE_COUNT, direction: DESC }]) { nodes { slug articleCount } } }';
  const { categories: { nodes } } = await server.data(query);
  return nodes.filter(({ articleCount }) => articleCount >= PAGE).map(({ slug }) => ({ category: slug }));
}

function paths(articles) {
  const next = random(3);
  return Array.from({ length: 2 * SETS }, () => ({ path: `/demo-1-${Math.floor(next() * articles)}/` }));
}

/** For an article each: a piece of its title, the year before and behind it, its authors and those of the one before. */
async function filters(server, articles) {
  const next = random(4);
  const query = 'query($path: String!) { article(by: { path: $path }) { title publishedAt authors { slug } } }';
  const sets = [];
  let others = [];
  while (sets.length < SETS) {
    const { article } = await server.data(query, { path: `/demo-1-${Math.floor(next() * articles)}/` });
    const title = /^[\p{Script=Han}]{2}|[a-z]{4,}/u.exec(article.title)[0];
    const [from, until] = [-YEAR, YEAR].map((distance) => new Date(Date.parse(article.publishedAt) + distance).toISOString());
    const authors = article.authors.map(({ slug }) => slug);
    sets.push({ title, from, until, authors: [...new Set([...authors, ...others])] });
    others = authors;
  }
  return sets;
}

/** Cursors one behind the other. */
async function cursors(server, articles) {
  const depth = Math.min(DEEP, articles / 2);
  const query = 'query($offset: Int!, $first: Int!) { articles(offset: $offset, first: $first) { edges { cursor } } }';
  const { articles: { edges } } = await server.data(query, { offset: depth, first: SETS });
  return edges.map(({ cursor }) => ({ after: cursor }));
}

/** Every operation of the benchmark. */
export async function operations(server, articles) {
  const { categories: { totalCount } } = await server.data('{ categories(first: 0) { totalCount } }');
  const sizes = Array.from({ length: SETS }, (_, number) => ({ first: totalCount - number }));
  const searches = pieces(await texts(server, articles, SETS)).map((search) => ({ search }));
  return [
    new Operation('FrontPage', await categories(server)),
    new Operation('ArticlePage', paths(articles)),
    new Operation('FilteredList', await filters(server, articles)),
    new Operation('DeepPage', await cursors(server, articles)),
    new Operation('CategoryTree', sizes),
    new Operation('ArticlePageRelated', paths(articles)),
    new Operation('Search', searches),
  ];
}
