// What Masthead serves, beside Actix with constant bytes and SQL written by hand: requests per second, CPU, memory.
//
//     cargo build --release --package api --package reference && node tests/bench/serve/main.mjs [--write]
//
// It needs wrk, takes a quarter of an hour, and prints the tables of `docs/performance.md`; with `--write` it puts them there, and
// draws them into `docs/images/serve.svg`. 10,000 made-up articles are made where they are missing, in `target/bench` and in a
// database of PostgreSQL (`MASTHEAD_TEST_POSTGRES`, by default the local one; left out where it is empty or none answers). All
// servers have to give the same answers before any is timed; `--check` compares them and times none. `--only FrontPage,Search` and
// `--database SQLite` leave the rest out. Clients, servers and databases share the machine.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../numbers.mjs';
import { folder, place, run } from '../programs.mjs';
import { Server } from '../server.mjs';
import { check } from './check.mjs';
import { Contenders } from './contenders.mjs';
import { Postgres } from './load.mjs';
import { entrants, halfLoad, measure } from './measure.mjs';
import { operations } from './operations.mjs';
import { plot } from './plot.mjs';
import { publish } from './publish.mjs';
import { report } from './report.mjs';

const ARTICLES = 10_000;
/** Rounds by connections. */
const ROUNDS = { 16: 3, 64: 2 };
/** For the operation whose growth is shown. */
const GROWING = { 1: 1, 2: 1, 4: 1, 8: 1, ...ROUNDS, 32: 1 };

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean' },
    database: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean' },
  },
});
const binaries = join(process.env.CARGO_TARGET_DIR ?? 'target', 'release');
const [masthead, reference] = ['masthead', 'reference'].map((name) => resolve(binaries, name));
for (const binary of [masthead, reference]) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build --release --package api --package reference`);
}

/** Where the content is, made where it is missing. */
async function content(database) {
  mkdirSync(folder, { recursive: true });
  const url = await place(masthead, database, `serve_${ARTICLES}`);
  if (!url) return undefined;
  const server = await Server.masthead(masthead, url);
  const { articles: { totalCount } } = await server.data('{ articles(first: 0) { totalCount } }');
  await server.stop();
  if (totalCount < ARTICLES) {
    console.error(`${database}: making ${ARTICLES - totalCount} articles`);
    const { status, err } = await run(masthead, ['demo', '--articles', `${ARTICLES - totalCount}`, '--seed', '1', '--database-url', url]);
    if (status !== 0) throw new Error(err);
  }
  return url;
}

/** ms from the start of the process to its first answer. */
async function start(url, { query, sets }) {
  const times = [];
  for (const variables of sets.slice(0, 5)) {
    const began = performance.now();
    const server = await Server.masthead(masthead, url);
    await server.data(query, variables);
    times.push(performance.now() - began);
    await server.stop();
  }
  return median(times);
}

/** Everything about one database. */
async function serve(database, url) {
  const postgres = database === 'PostgreSQL' ? await Postgres.of(url) : undefined;
  const contenders = await Contenders.start({ masthead, reference }, url);
  try {
    const all = await operations(contenders.servers.uncached, ARTICLES);
    const asked = all.filter(({ name }) => !options.only || options.only.split(',').includes(name));
    for (const operation of asked) await check(operation, contenders.of(operation));
    if (options.check) return undefined;
    const found = { operations: [], halves: [], start: await start(url, all[0]), size: statSync(masthead).size };
    for (const operation of asked) {
      console.error(`${database}: ${operation.name}`);
      const isFirst = operation.name === 'FrontPage';
      const taking = await entrants(operation, contenders, isFirst || !postgres);
      const measured = await measure(operation, taking, isFirst && !postgres ? GROWING : ROUNDS, postgres);
      found.operations.push(measured);
      if (isFirst) found.halves = await halfLoad(taking, measured);
    }
    return found;
  } finally {
    await contenders.stop();
  }
}

const results = {};
for (const database of ['SQLite', 'PostgreSQL']) {
  if (options.database && options.database !== database) continue;
  const url = await content(database);
  const found = url && await serve(database, url);
  if (found) results[database] = found;
}
const tables = report(results, Object.keys(ROUNDS), Object.keys(GROWING));
console.log(tables);
if (options.write) publish(tables, plot(results, 16));
