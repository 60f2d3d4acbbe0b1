// Ten minutes under steady load: whether anything fails, and whether anything grows.
//
//     cargo build --release && node tests/bench/soak/main.mjs [--seconds 600] [--database SQLite|PostgreSQL] [--write]
//
// Operations are made up of the schema (ask.mjs). What the machine bears of them is measured first; then 70 % of that is asked. All
// the while an article comes in every ten seconds, after which nothing that was kept holds. With --write the table goes into docs/reliability.md.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ascending, quantile } from '../numbers.mjs';
import { folder, place, run } from '../programs.mjs';
import { Server } from '../server.mjs';
import { Asker } from './ask.mjs';

const ARTICLES = 10_000;
const OPERATIONS = 1_000;
const CONNECTIONS = 16;
const PART = 0.7;
const PROBE_SECONDS = 30;
const SAMPLE_MS = 5_000;
/** What a client or its operator has done wrong; anything else is our fault. */
const REFUSED = ['BAD_USER_INPUT', 'FORBIDDEN', 'QUERY_TOO_COMPLEX', 'QUERY_TOO_DEEP'];

const binary = fileURLToPath(new URL('../../../target/release/masthead', import.meta.url));
const reliability = fileURLToPath(new URL('../../../docs/reliability.md', import.meta.url));

/** Asks one operation after the other over connections of its own. */
class Load {
  constructor(port, bodies) {
    Object.assign(this, { port, bodies, next: 0, answered: 0, refused: 0, ours: [], times: [] });
    this.agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  }

  /** As fast as answers come, or so many a second. */
  async for(seconds, perSecond) {
    const end = performance.now() + seconds * 1_000;
    const pause = perSecond ? (1_000 * CONNECTIONS) / perSecond : 0;
    const one = async (number) => {
      let due = performance.now() + (pause * number) / CONNECTIONS;
      while (performance.now() < end) {
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        await this.ask();
        due += pause;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => one(number)));
  }

  async ask() {
    const body = this.bodies[this.next++ % this.bodies.length];
    const began = performance.now();
    const { status, text } = await this.exchange(body);
    this.times.push(performance.now() - began);
    this.answered += 1;
    if (status === 200 && !text.includes('"errors":')) return;
    let codes = [`${status}`];
    try {
      codes = JSON.parse(text).errors.map(({ extensions }) => extensions.code);
    } catch { /* the status tells */ }
    if (codes.every((code) => REFUSED.includes(code))) this.refused += 1;
    else this.ours.push({ codes, body, text: text.slice(0, 300) });
  }

  exchange(body) {
    return new Promise((done) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request({ port: this.port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent: this.agent, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
        answer.on('error', ({ message }) => done({ status: message, text: '' }));
      });
      sent.on('error', ({ message }) => done({ status: message, text: '' }));
      sent.end(body);
    });
  }
}

/** MiB a minute by which a line through the samples rises. */
function growth(samples) {
  const mean = (of) => samples.map(of).reduce((sum, one) => sum + one, 0) / samples.length;
  const [minute, own] = [mean((sample) => sample.minute), mean((sample) => sample.own)];
  const above = mean((sample) => (sample.minute - minute) * (sample.own - own));
  return above / mean((sample) => (sample.minute - minute) ** 2);
}

async function soak(database, seconds) {
  const url = await place(binary, database, `soak_${ARTICLES}`);
  if (!url) return undefined;
  const counted = await Server.masthead(binary, url);
  const { articles: { totalCount } } = await counted.data('{ articles(first: 0) { totalCount } }');
  await counted.stop();
  if (totalCount < ARTICLES) {
    console.error(`${database}: making ${ARTICLES} articles`);
    const made = await run(binary, ['demo', '--articles', `${ARTICLES - totalCount}`, '--seed', '1', '--database-url', url]);
    if (made.status !== 0) throw new Error(made.err);
  }
  const server = await Server.masthead(binary, url);
  const asker = await Asker.of(server, 8);
  const bodies = Array.from({ length: OPERATIONS }, (_, number) => JSON.stringify({ query: asker.operation(`Soak${number % 50}`) }));
  let isOver = false;
  let written = 0;
  const write = async () => {
    while (!isOver) {
      const { status, err } = await run(binary, ['demo', '--articles', '1', '--seed', '2', '--database-url', url]);
      if (status !== 0) throw new Error(err);
      written += 1;
      for (let waited = 0; waited < 10 && !isOver; waited += 1) await sleep(1_000);
    }
  };
  const writing = write();
  const probe = new Load(server.port, bodies);
  await probe.for(PROBE_SECONDS);
  const perSecond = (PART * probe.answered) / PROBE_SECONDS;
  console.error(`${database}: ${Math.round(probe.answered / PROBE_SECONDS)} a second are borne, ${Math.round(perSecond)} are asked`);

  const load = new Load(server.port, bodies);
  const began = performance.now();
  const samples = [];
  const watch = async () => {
    while (!isOver) {
      const minute = (performance.now() - began) / 60_000;
      samples.push({ minute, ...server.memory(), files: readdirSync(`/proc/${server.child.pid}/fd`).length });
      await sleep(SAMPLE_MS);
    }
  };
  const watching = watch();
  await load.for(seconds, perSecond);
  isOver = true;
  await Promise.all([watching, writing]);
  await server.stop();
  const minutes = samples.filter((_, number) => number % (60_000 / SAMPLE_MS) === 0);
  console.error(`${database}: MiB each minute: ${minutes.map(({ own }) => own.toFixed(0)).join(' ')}`);
  const settled = samples.filter(({ minute }) => minute >= Math.min(2, seconds / 180));
  const times = ascending(load.times);
  return {
    database,
    operations: load.answered,
    perSecond: load.answered / seconds,
    refused: load.refused,
    ours: load.ours,
    written,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    own: [settled[0].own, settled.at(-1).own],
    growth: growth(settled),
    files: [Math.min(...settled.map(({ files }) => files)), Math.max(...settled.map(({ files }) => files))],
  };
}

function table(found, seconds) {
  const rows = found.map((one) => [
    one.database, `${one.operations.toLocaleString('en')}`, Math.round(one.perSecond), one.ours.length, one.refused, one.written,
    `${one.median.toFixed(1)} / ${one.p99.toFixed(0)}`, one.own.map((mib) => mib.toFixed(1)).join(' → '), one.growth.toFixed(2), one.files.join('–'),
  ]);
  return [
    `| ${seconds} s on | operations | a second | errors of ours | refused | articles written | ms, median / 99th | MiB anonymous | MiB a minute | descriptors |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' }, database: { type: 'string' }, write: { type: 'boolean' } } });
mkdirSync(folder, { recursive: true });
const found = [];
for (const database of values.database ? [values.database] : ['SQLite', 'PostgreSQL']) {
  const one = await soak(database, Number(values.seconds));
  if (one) found.push(one);
}
const text = table(found, values.seconds);
console.log(text);
for (const { ours } of found) for (const one of ours.slice(0, 5)) console.log(JSON.stringify(one));
if (values.write) {
  const [before, after] = readFileSync(reliability, 'utf8').split(/(?<=<!-- soak:begin -->\n)[\s\S]*(?=<!-- soak:end -->)/);
  writeFileSync(reliability, `${before}\n${text}\n\n${after}`);
}
process.exit(found.some(({ ours }) => ours.length > 0) ? 1 : 0);
