// What Masthead serves, beside Actix with constant bytes and SQL written by hand: requests per second, CPU, memory.
//
//     cargo build --release --package api --package reference && node tests/bench/serve/main.mjs [--write]
//
// It needs wrk, takes a quarter of an hour, and prints the tables of `docs/performance.md`; with `--write` it puts them there, and a
// plot of them into `docs/images`. 10,000 made-up articles are made where they are missing, in `target/bench` and in a database of
// PostgreSQL (`MASTHEAD_TEST_POSTGRES`, by default the local one; left out where it is empty or none answers). All servers have to
// give the same answers before any is timed. Clients, servers and databases share the machine.

import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { folder, place, run } from '../programs.mjs';
import { Server } from '../server.mjs';
import { check } from './check.mjs';
import { Contenders } from './contenders.mjs';
import { Postgres } from './load.mjs';
import { entrants, measure } from './measure.mjs';
import { operations } from './operations.mjs';
import * as report from './report.mjs';

const ARTICLES = 10_000;
const CONNECTIONS = [16, 64];

const { values: options } = parseArgs({ options: { write: { type: 'boolean' }, only: { type: 'string' }, database: { type: 'string' }, check: { type: 'boolean' } } });
const binaries = process.env.CARGO_TARGET_DIR ? join(process.env.CARGO_TARGET_DIR, 'release') : 'target/release';
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
    const { status, err } = await run(masthead, ['demo', '--articles', `${ARTICLES - totalCount}`, '--seed', '1', '--database-url', url]);
    if (status !== 0) throw new Error(err);
  }
  return url;
}

async function measured(database, url) {
  const postgres = database === 'PostgreSQL' ? await Postgres.of(url) : undefined;
  const contenders = await Contenders.start({ masthead, reference }, url);
  try {
    const all = await operations(contenders.servers.uncached, ARTICLES);
    const asked = all.filter(({ name }) => !options.only || options.only.split(',').includes(name));
    for (const operation of asked) await check(operation, contenders.of(operation));
    const found = { operations: [] };
    for (const operation of options.check ? [] : asked) {
      console.error(`${database}: ${operation.name}, ${operation.sets.length} sets of variables`);
      const taking = await entrants(operation, contenders);
      found.operations.push(await measure(operation, taking, CONNECTIONS, postgres));
    }
    return found;
  } finally {
    await contenders.stop();
  }
}

const results = {};
for (const database of options.database ? [options.database] : ['SQLite', 'PostgreSQL']) {
  const url = await content(database);
  if (url) results[database] = await measured(database, url);
}
for (const [database, { operations: all }] of Object.entries(results)) {
  console.log(`### Served from ${database}\n`);
  for (const connections of CONNECTIONS) console.log(`${report.throughput(all, connections)}\n`);
  console.log(`${report.cpu(all, CONNECTIONS[0])}\n`);
}
