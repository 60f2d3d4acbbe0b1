// A server that is asked.

import { closeSync, openSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { folder, start } from './programs.mjs';

/** A program that tells on standard output where it answers, asked over one connection. */
export class Server {
  /** `masthead serve` over a database. */
  static masthead(binary, url, ...rest) {
    const words = ['serve', '--no-sample', '--listen', '127.0.0.1:0', '--site-timezone', 'Asia/Shanghai', '--database-url', url];
    return Server.start(binary, [...words, ...rest]);
  }

  static async start(program, words) {
    const server = new Server();
    const log = join(folder, `${basename(program)}.log`);
    const file = openSync(log, 'w');
    Object.assign(server, start(program, words, ['ignore', 'pipe', file]));
    closeSync(file);
    server.agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const told = new Promise((found) => {
      createInterface(server.child.stdout).on('line', (line) => {
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (port) found(Number(port));
      });
    });
    server.port = await Promise.race([told, server.ended]);
    if (typeof server.port !== 'number') throw new Error(`${program} has ended\n${readFileSync(log, 'utf8')}`);
    return server;
  }

  async stop() {
    this.agent.destroy();
    this.child.kill();
    await this.ended;
  }

  /** The answer to one request as it comes. */
  exchange(method, path, headers, body) {
    return new Promise((done, failed) => {
      const sent = request({ port: this.port, host: '127.0.0.1', path, method, agent: this.agent, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', failed);
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      });
      sent.on('error', (error) => {
        // A connection that nobody has used for a while may be closed in the moment in which it is used again.
        if (sent.reusedSocket && error.code === 'ECONNRESET') this.exchange(method, path, headers, body).then(done, failed);
        else failed(error);
      });
      sent.end(body);
    });
  }

  /** The answer, how long it took in ms, and how long its statements took. */
  async ask(query, variables = {}) {
    const began = performance.now();
    const headers = { 'content-type': 'application/json', 'x-masthead-receipt': '1' };
    const { body } = await this.exchange('POST', '/graphql', headers, JSON.stringify({ query, variables }));
    const ms = performance.now() - began;
    const { data, errors, extensions } = JSON.parse(body);
    if (errors) throw new Error(`${query} ${JSON.stringify(variables)}: ${JSON.stringify(errors)}`);
    return { data, ms, ...extensions?.receipt };
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
