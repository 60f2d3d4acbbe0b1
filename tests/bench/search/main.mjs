// What a search costs, how much longer an import takes for its index, and how large that is beside the text.
//
//     cargo build --release && node tests/bench/search/main.mjs
//
// Made-up content is made where it is missing, in `target/bench` and in a database of PostgreSQL (`MASTHEAD_TEST_POSTGRES`, by default
// the local one; left out where it is empty or none answers), and kept for the next run, as is how long that took: 100,000 articles of
// 4,000 bytes, or `MASTHEAD_BENCH_ARTICLES` of `MASTHEAD_BENCH_BODY_BYTES`. Databases are made and measured by `psql`, `sqlite3` or
// `python3`. It prints the tables of `docs/performance.md`. Another binary may be named as an argument.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ascending, median, quantile } from '../numbers.mjs';
import { Content } from './content.mjs';
import { Server } from '../server.mjs';
import { beginnings, commonWords, pieces, texts } from './queries.mjs';

const QUERIES = 200;
const WARM_UP = 20;
const COMMON = 30;
/** What part of all articles common words stand in. */
const PART = 0.3;

const binary = resolve(process.argv[2] ?? 'target/release/masthead');
if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build --release`);
const articles = Number(process.env.MASTHEAD_BENCH_ARTICLES ?? 100_000);

const rows = 'edges { score highlight { titleHtml bodyHtml } node { slug title } }';
const facets = 'facets { categories { count node { name } } authors { count node { name } } tags { count node { name } } '
  + 'locales { locale count } years { year count months { month count } } }';
const plain = `query($search: String!) { articles(search: $search, first: 20) { totalCount ${rows} } }`;
const under = '$search: String!, $category: String!) { articles(search: $search, where: { inCategory: { slug: $category } }, first: 20';
const firstPage = `query(${under}) { pageInfo { endCursor } } }`;
const filtered = `query($after: String, ${under}, after: $after) { totalCount ${facets} ${rows} } }`;
const suggest = 'query($prefix: String!) { suggest(prefix: $prefix) { text node { path } } }';

/** Asks each of the queries in both ways. */
async function search(server, category, queries) {
  const times = { plain: [], filtered: [] };
  for (const query of queries) {
    times.plain.push(await server.ask(plain, { search: query }));
    const { articles: page } = await server.data(firstPage, { search: query, category });
    times.filtered.push(await server.ask(filtered, { search: query, category, after: page.pageInfo.endCursor }));
  }
  return times;
}

function row(what, answers) {
  const times = ascending(answers.map(({ ms }) => ms));
  const hits = answers.map(({ data }) => data.articles?.totalCount ?? data.suggest.length);
  const shown = [0.5, 0.9, 0.99, 1].map((part) => quantile(times, part).toFixed(2));
  const inDatabase = median(answers.map(({ databaseMs }) => databaseMs)).toFixed(2);
  const found = [median(hits), Math.max(...hits)].map((count) => count.toLocaleString('en'));
  console.log(`| ${[what, ...shown, inDatabase, ...found].join(' | ')} |`);
}

async function suggestions(server, titles) {
  const { __type: type } = await server.data('{ __type(name: "Query") { fields { name } } }');
  if (!type.fields.some(({ name }) => name === 'suggest')) return [];
  const answers = [];
  for (const prefix of beginnings(titles)) answers.push(await server.ask(suggest, { prefix }));
  return answers;
}

async function measure(server) {
  const largest = '{ categories(first: 1, orderBy: [{ field: ARTICLE_COUNT, direction: DESC }]) { nodes { slug articleCount } } }';
  const { slug: category, articleCount } = (await server.data(largest)).categories.nodes[0];
  const read = await texts(server, articles, QUERIES + WARM_UP);
  const queries = pieces(read);
  const common = await commonWords(server, read, COMMON, PART * articles);
  await search(server, category, queries.slice(QUERIES));
  const short = await search(server, category, queries.slice(0, QUERIES));
  const frequent = await search(server, category, common);
  const suggested = await suggestions(server, read.slice(0, QUERIES).map(({ title }) => title));

  console.log('| search | median ms | 90th | 99th | longest | in the database | hits, median | hits, most |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  const words = `${common.length} words of ${PART * 100} % of all articles and more`;
  row(`${QUERIES} queries of 2 to 4 characters`, short.plain);
  row('the same in a category, with all facets, behind the first page', short.filtered);
  row(words, frequent.plain);
  row('the same in a category, with all facets, behind the first page', frequent.filtered);
  if (suggested.length > 0) row(`${suggested.length} beginnings of titles, suggestions`, suggested);
  console.log(`\nThe category has ${articleCount.toLocaleString('en')} articles. Common words: ${common.join(' ')}\n`);

  console.log('| in a category, with facets and a cursor, against plain | ratio of the medians | median of the ratios |\n| --- | ---: | ---: |');
  for (const [what, times] of [['queries of 2 to 4 characters', short], ['common words', frequent]]) {
    const [one, other] = [times.plain, times.filtered].map((answers) => answers.map(({ ms }) => ms));
    const ratios = one.map((ms, number) => other[number] / ms);
    console.log(`| ${what} | ${(median(other) / median(one)).toFixed(2)} | ${median(ratios).toFixed(2)} |`);
  }
  const { all, own } = server.memory();
  console.log(`\nMemory of the server afterwards: ${all.toFixed(0)} MiB resident, of which ${own.toFixed(0)} MiB are its own.\n`);
}

for (const database of ['SQLite', 'PostgreSQL']) {
  const content = await Content.of(binary, database, articles);
  if (!content) continue;
  console.log(`### ${database}, ${articles.toLocaleString('en')} articles\n`);
  const server = await Server.masthead(binary, content.url);
  try {
    await measure(server);
  } finally {
    await server.stop();
  }
  content.print();
  console.log();
}
