// What one honest client notices of 400 slow ones, and what a server carries that is asked for four times as much as it can:
//
//     cargo build --release && node tests/bench/http/main.mjs
//
// It takes two minutes, on loopback, with a database of its own. Another binary may be named as an argument.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const binary = resolve(process.argv[2] ?? 'target/release/masthead');
const folder = mkdtempSync(join(tmpdir(), 'masthead-bench-'));
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const page = '{ articles(first: 20) { totalCount nodes { title path authors { name } categories { names } cover { image { url } } } } }';
const heavy = '{ articles(first: 500) { nodes { title path publishedAt authors { name } categories { names } tags { name } } } }';
const large = '{ articles(first: 300) { nodes { body { html } } } }';

const demo = spawnSync(binary, ['demo', '--articles', '2000', '--body-bytes', '4000'], { cwd: folder });
if (demo.status !== 0) throw new Error(String(demo.stderr));
const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const port = await new Promise((found) => {
  createInterface(server.stdout).on('line', (line) => {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) found(Number(port));
  });
});

/** The status of an answer and how long it took in ms, or nothing where the connection failed. */
function ask(query) {
  const began = performance.now();
  return new Promise((done) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode, ms: performance.now() - began }));
      answer.on('error', () => done({ ms: performance.now() - began }));
    });
    sent.on('error', () => done({ ms: performance.now() - began }));
    sent.end(JSON.stringify({ query }));
  });
}

/** Anonymous memory of the server in MiB. */
const memory = () => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function honest(count) {
  const times = [];
  let failed = 0;
  for (let index = 0; index < count; index += 1) {
    const { status, ms } = await ask(page);
    if (status === 200) times.push(ms);
    else failed += 1;
    await sleep(20);
  }
  times.sort((one, other) => one - other);
  return { 'median ms': quantile(times, 0.5), '99th ms': quantile(times, 0.99), 'longest ms': times.at(-1), failed };
}

let isOver = false;

/** Opens a connection again whenever the server has closed it. */
function slow(begin, drip) {
  if (isOver) return undefined;
  const socket = connect({ port, host: '127.0.0.1' });
  const timer = setInterval(() => drip(socket), 500);
  socket.on('connect', () => begin(socket));
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(timer);
    setTimeout(() => slow(begin, drip), 100);
  });
  slowSockets.push(socket);
  return socket;
}
const slowSockets = [];

const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const kinds = [
  [(socket) => socket.write(head), (socket) => socket.write('x')],
  [(socket) => socket.write(`${head}content-length: 500000\r\n\r\n`), (socket) => socket.write(' '.repeat(64))],
  [
    (socket) => {
      socket.pause();
      socket.write(`GET /graphql?query=${encodeURIComponent(large)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    },
    (socket) => socket.read(512),
  ],
];

/** As many requests a second, whether they are answered or not. */
async function offered(rate, seconds) {
  const answers = [];
  const pending = new Set();
  const began = performance.now();
  let sent = 0;
  let peak = 0;
  while (performance.now() - began < seconds * 1000) {
    const due = ((performance.now() - began) / 1000) * rate;
    for (; sent < due; sent += 1) {
      const one = ask(heavy).then((answer) => {
        answers.push({ ...answer, at: performance.now() });
        pending.delete(one);
      });
      pending.add(one);
    }
    peak = Math.max(peak, memory());
    await sleep(10);
  }
  const until = performance.now();
  const inTime = answers.filter(({ status, at }) => status === 200 && at <= until);
  await Promise.all(pending);
  const of = (status) => answers.filter((answer) => answer.status === status).length;
  const refused = answers.filter(({ status }) => status === 503).map(({ ms }) => ms).sort((one, other) => one - other);
  return {
    'offered a second': rate,
    'answered a second': inTime.length / seconds,
    'refused (503)': of(503),
    'median ms of a refusal': refused.length ? quantile(refused, 0.5) : 0,
    other: answers.length - of(200) - of(503),
    'peak MiB': peak,
  };
}

/** What is carried by 16 clients that wait for each answer. */
async function capacity(seconds) {
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (performance.now() < until) if ((await ask(heavy)).status === 200) answered += 1;
  }));
  return answered / seconds;
}

try {
  await honest(50);
  const alone = { ...(await honest(300)), 'MiB': memory() };
  for (let index = 0; index < 400; index += 1) slow(...kinds[index % kinds.length]);
  await sleep(3000);
  const beside = { ...(await honest(600)), 'MiB': memory() };
  isOver = true;
  for (const socket of slowSockets) socket.destroy();
  console.table({ 'an honest client alone': alone, 'beside 400 slow ones': beside });

  await sleep(1000);
  await capacity(3);
  const rate = await capacity(10);
  const once = await offered(rate, 15);
  await sleep(2000);
  const fourTimes = await offered(4 * rate, 15);
  await sleep(2000);
  console.table({ once, 'four times': fourTimes });
  console.log(`carried: ${rate.toFixed(1)} a second; four times the load: ${((100 * fourTimes['answered a second']) / once['answered a second']).toFixed(0)} %; memory afterwards: ${memory().toFixed(0)} MiB`);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
