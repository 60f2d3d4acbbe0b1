// Programs that are started, and ended with whoever started them.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where content is kept. */
export const folder = fileURLToPath(new URL('../../target/bench', import.meta.url));

const started = new Set();
process.on('exit', () => started.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** A program that is ended with this one, and how it ends. */
export function start(program, words, stdio) {
  const child = spawn(program, words, { cwd: folder, stdio });
  const ended = new Promise((done) => {
    child.on('error', ({ message }) => done({ status: -1, message }));
    child.on('close', (status) => done({ status, message: '' }));
  });
  started.add(child);
  return { child, ended: ended.finally(() => started.delete(child)) };
}

/** Runs a program to its end; the status is -1 where there is no such program. */
export async function run(program, words) {
  const { child, ended } = start(program, words, ['ignore', 'pipe', 'pipe']);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => { out += data; });
  // Of what tells how far it is, the last lines.
  child.stderr.on('data', (data) => { err = (err + data).slice(-2_000); });
  const { status, message } = await ended;
  return { status, out: out.trim(), err: err + message };
}

/** The address of a database of this name, which is made where it is missing; nothing where it can not be. */
export async function place(binary, database, name) {
  if (database === 'SQLite') return `sqlite://${folder}/${name.replaceAll('_', '-')}.db?mode=rwc`;
  const server = process.env.MASTHEAD_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  const url = server.replace(/[^/]*$/, `masthead_bench_${name}`);
  if (!server) return undefined;
  const migrate = () => run(binary, ['migrate', '--database-url', url]);
  let { status, err } = await migrate();
  if (status === 0) return url;
  const create = await run('psql', [server, '-qc', `CREATE DATABASE masthead_bench_${name}`]);
  if (create.status === 0) ({ status, err } = await migrate());
  if (status === 0) return url;
  console.error(`PostgreSQL is left out. Where it answers and psql is missing, make the database ${url} yourself.\n${err}${create.err}`);
  return undefined;
}
