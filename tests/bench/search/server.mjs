// Programs that are started, and a server that is asked.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Where content is kept. */
export const folder = fileURLToPath(new URL('../../../target/bench', import.meta.url));

const started = new Set();
process.on('exit', () => started.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

function start(program, words, stdio) {
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

/** `masthead serve`, asked over one connection. */
export class Server {
  static async start(binary, url) {
    const server = new Server();
    const words = ['serve', '--no-sample', '--listen', '127.0.0.1:0', '--site-timezone', 'Asia/Shanghai', '--database-url', url];
    Object.assign(server, start(binary, words, ['ignore', 'pipe', 'ignore']));
    server.agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const told = new Promise((found) => {
      createInterface(server.child.stdout).on('line', (line) => {
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (port) found(Number(port));
      });
    });
    server.port = await Promise.race([told, server.ended]);
    if (typeof server.port !== 'number') throw new Error('masthead serve has ended');
    return server;
  }

  async stop() {
    this.agent.destroy();
    this.child.kill();
    await this.ended;
  }

  /** The answer, how long it took in ms, and how long its statements took. */
  ask(query, variables = {}) {
    const began = performance.now();
    return new Promise((done, failed) => {
      const headers = { 'content-type': 'application/json', 'x-masthead-receipt': '1' };
      const sent = request({ port: this.port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent: this.agent, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', failed);
        answer.on('end', () => {
          const ms = performance.now() - began;
          const { data, errors, extensions } = JSON.parse(Buffer.concat(parts));
          if (errors) failed(new Error(`${query} ${JSON.stringify(variables)}: ${JSON.stringify(errors)}`));
          else done({ data, ms, databaseMs: extensions.receipt.databaseMs });
        });
      });
      sent.on('error', failed);
      sent.end(JSON.stringify({ query, variables }));
    });
  }

  async data(query, variables) {
    return (await this.ask(query, variables)).data;
  }

  /** MiB that are resident, and how many of them are its own. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const [all, own] = ['VmRSS', 'RssAnon'].map((what) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)[1]) / 1024);
    return { all, own };
  }
}
