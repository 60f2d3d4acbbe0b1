// Load by wrk, and what it costs the processes that bear it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folder, run } from '../programs.mjs';

const script = fileURLToPath(new URL('load.lua', import.meta.url));

/** Of a process: the clock ticks that it and the children it has outlived have spent; there are 100 in a second. */
function ticks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  // From utime on, the third field being the first one behind the name.
  return fields.slice(11, 15).map(Number).reduce((sum, part) => sum + part);
}

/** The processes of a PostgreSQL on this machine; none where it is elsewhere. */
export class Postgres {
  static async of(url) {
    const sql = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`;
    const { status, out } = await run('psql', [url, '-Atc', sql]);
    const postgres = new Postgres();
    try {
      if (status === 0) postgres.pid = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${out}/status`, 'utf8'))[1]);
    } catch {
      console.error('PostgreSQL is not on this machine: what it spends is not known');
    }
    return postgres;
  }

  /** What all of them have spent, those that have ended among them. */
  ticks() {
    if (!this.pid) return NaN;
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim().split(' ');
    return [this.pid, ...children].map((pid) => attempt(() => ticks(pid))).reduce((sum, part) => sum + part);
  }
}

/** 0 for a process that has just ended. */
function attempt(read) {
  try {
    return read();
  } catch {
    return 0;
  }
}

/** Requests as they go over the wire, in a file for wrk. */
export function prepare(name, requests) {
  const file = join(folder, `serve-${name}.requests`);
  writeFileSync(file, requests.map((request) => `${request}\x1e`).join(''));
  return file;
}

export const post = (body) =>
  `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/**
 * Asks a server for some seconds; with a pause each connection waits so many ms in the mean between its requests. A machine that
 * stood still meanwhile is given another chance.
 */
export async function load(asked) {
  for (let time = 0; time < 3; time += 1) {
    const found = await once(asked);
    if (found.perSecond > 0) return found;
    console.error(`${asked.contender} has answered nothing for ${asked.seconds} seconds`);
  }
  throw new Error(`${asked.contender} answers nothing any more`);
}

async function once({ contender, server, requests, connections, seconds, postgres, pause }) {
  const url = `http://127.0.0.1:${server.port}`;
  const how = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'];
  const words = [...how, '-s', script, url, '--', requests, ...(pause ? [`${pause}`] : [])];
  const spent = () => [ticks(server.child.pid), postgres ? postgres.ticks() : 0];
  const before = spent();
  const { status, out, err } = await run('wrk', words);
  const after = spent();
  if (status === -1) throw new Error('wrk is missing: apt-get install wrk');
  if (status !== 0) throw new Error(out + err);
  const { requests: answered, micros, failed, median, p99 } = JSON.parse(out.split('\n').at(-1));
  if (failed > 0) throw new Error(`${failed} requests to ${contender} have failed\n${out}`);
  const [own, database] = after.map((spent, number) => (1e4 * (spent - before[number])) / answered);
  const { all: resident, own: anonymous } = server.memory();
  return { perSecond: (1e6 * answered) / micros, own, database, median: median / 1000, p99: p99 / 1000, resident, anonymous };
}
