// What being seen from outside costs: the same server with logs, metrics and spans, and without any, in turns.
//
//     cargo build --release --package api && node tests/bench/observe/main.mjs [--write]
//
// Needs wrk (apt-get install wrk). Answers are asked from memory and computed anew. Lines of the log go into a file, spans to a
// collector on the same machine that throws them away. With --write the table goes into docs/reliability.md.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../numbers.mjs';
import { folder, place, run } from '../programs.mjs';
import { load, post, prepare } from '../serve/load.mjs';
import { operations } from '../serve/operations.mjs';
import { Server } from '../server.mjs';

const ARTICLES = 10_000;
const ROUNDS = 7;
const SECONDS = 2;
const CONNECTIONS = 16;
const ASKED = ['FrontPage', 'ArticlePage'];

const binary = fileURLToPath(new URL('../../../target/release/masthead', import.meta.url));
const reliability = fileURLToPath(new URL('../../../docs/reliability.md', import.meta.url));

mkdirSync(folder, { recursive: true });
const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
const url = await place(binary, 'SQLite', `serve_${ARTICLES}`);
const first = await Server.masthead(binary, url);
const { articles: { totalCount } } = await first.data('{ articles(first: 0) { totalCount } }');
if (totalCount < ARTICLES) {
  await first.stop();
  const made = await run(binary, ['demo', '--articles', `${ARTICLES - totalCount}`, '--seed', '1', '--database-url', url]);
  if (made.status !== 0) throw new Error(made.err);
} else await first.stop();

let spans = 0;
const collector = createServer((asked, answer) => {
  asked.resume().on('end', () => answer.end());
  spans += 1;
});
await new Promise((listening) => collector.listen(0, '127.0.0.1', listening));
const otlp = `--otlp-endpoint=http://127.0.0.1:${collector.address().port}`;

/** A server, and how much of it is seen. */
async function start(name, log, ...flags) {
  process.env.RUST_LOG = log;
  if (name === 'sampled') Object.assign(process.env, { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.05' });
  const server = await Server.masthead(binary, url, ...flags);
  for (const variable of ['RUST_LOG', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG']) delete process.env[variable];
  return server;
}

const rows = [];
for (const [how, flags] of [['computed', ['--response-cache-bytes=0']], ['from memory', []]]) {
  const servers = {
    nothing: await start('nothing', 'off', '--metrics=false', ...flags),
    usual: await start('usual', 'info', ...flags),
    sampled: await start('sampled', 'info', otlp, ...flags),
    everything: await start('everything', 'info,masthead::request=debug', '--log-format=json', otlp, ...flags),
  };
  const all = await operations(servers.nothing, ARTICLES);
  for (const operation of all.filter(({ name }) => ASKED.includes(name))) {
    const requests = prepare(`observe-${operation.name}`, operation.bodies().map(post));
    const found = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [contender, server] of Object.entries(servers)) {
        const { perSecond, own } = await load({ contender, server, requests, connections: CONNECTIONS, seconds: SECONDS });
        // The first one warms.
        if (round >= 0) found[contender].push({ perSecond, own });
      }
    }
    const of = (what) => Object.values(found).map((runs) => median(runs.map((run) => run[what])));
    const [nothing, ...others] = of('own');
    const costs = others.map((own) => `${own.toFixed(1)} (${(100 * (own / nothing - 1)).toFixed(1)} %)`);
    const perSecond = of('perSecond').map((number) => Math.round(number).toLocaleString('en')).join(' / ');
    rows.push([`${operation.name}, ${how}`, nothing.toFixed(1), ...costs, perSecond]);
  }
  for (const server of Object.values(servers)) await server.stop();
}
collector.close();
if (spans === 0) throw new Error('no spans came');
const text = [
  '| us of CPU a request | seen by nothing | log and metrics, as by default | and a span of one in twenty | every request logged as JSON, and a span of each | requests/s |',
  '| --- | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n');
console.log(text);
if (values.write) {
  const [before, after] = readFileSync(reliability, 'utf8').split(/(?<=<!-- observe:begin -->\n)[\s\S]*(?=<!-- observe:end -->)/);
  writeFileSync(reliability, `${before}\n${text}\n\n${after}`);
}
process.exit(0);
