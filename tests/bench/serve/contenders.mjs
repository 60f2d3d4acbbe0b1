// The servers that take turns.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../programs.mjs';
import { Server } from '../server.mjs';
import { prepare } from './load.mjs';

/** The servers over one database. */
export class Contenders {
  static async start({ masthead, reference }, url) {
    const contenders = new Contenders();
    const hand = (...rest) => Server.start(reference, ['sql', '--database-url', url, ...rest]);
    contenders.reference = reference;
    contenders.constants = {};
    contenders.servers = {
      uncached: await Server.masthead(masthead, url, '--response-cache-bytes=0'),
      engine: await Server.masthead(masthead, url, '--response-cache-bytes=0', '--shortcuts=false'),
      hand: await hand('--kept-counts'),
      counting: await hand(),
      cached: await Server.masthead(masthead, url),
    };
    return contenders;
  }

  /** Those that answer an operation, Masthead first. */
  of({ name, isAlone, isCounted }) {
    const { uncached, cached, engine, hand, counting } = this.servers;
    return { uncached, cached, ...(name === 'FrontPage' && { engine }), ...(!isAlone && { hand }), ...(isCounted && { counting }) };
  }

  /** What answers an operation with the bytes of an answer of middle length. */
  async constant(operation) {
    const body = operation.answers.toSorted((one, other) => one.length - other.length)[operation.answers.length >> 1];
    const file = join(folder, `serve-${operation.name}.json`);
    writeFileSync(file, body);
    this.constants[operation.name] ??= await Server.start(this.reference, ['constant', '--body', file]);
    return this.constants[operation.name];
  }

  /** Requests that say what they have: the whole answer is not sent again. Nothing where no answer says how it is called. */
  async unchanged({ name: operationName, query, sets }) {
    const { cached } = this.servers;
    const requests = [];
    for (const variables of sets) {
      const path = `/graphql?${new URLSearchParams({ operationName, query, variables: JSON.stringify(variables) })}`;
      const { headers: { etag } } = await cached.exchange('GET', path, {});
      if (!etag) return undefined;
      const { status } = await cached.exchange('GET', path, { 'if-none-match': etag });
      if (status !== 304) throw new Error(`${status} in place of 304: ${path}`);
      requests.push(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: ${etag}\r\n\r\n`);
    }
    return requests.length > 0 ? prepare(`${operationName}-unchanged`, requests) : undefined;
  }

  async stop() {
    for (const server of [...Object.values(this.servers), ...Object.values(this.constants)]) await server.stop();
  }
}
