// Made-up content, how long it took to make, and how large it is.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, place, run } from '../programs.mjs';
import { Server } from '../server.mjs';

const BODY_BYTES = 4_000;

// Bytes; the index with its own indexes, and with what its pages do not use.
const SIZES = {
  SQLite: {
    text: `SELECT (SELECT sum(length(CAST(title AS BLOB))) FROM article) + (SELECT sum(length(CAST(text AS BLOB))) FROM body)`,
    index: `SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name LIKE 'search!_%' ESCAPE '!'`,
  },
  PostgreSQL: {
    text: 'SELECT (SELECT sum(octet_length(title)) FROM article) + (SELECT sum(octet_length(text)) FROM body)',
    index: `SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'search!_%' ESCAPE '!'`,
  },
};

/** A database with so many articles, served, and what is known of their making. */
export class Content {
  static async of(binary, database, articles) {
    const content = new Content();
    const bodyBytes = Number(process.env.MASTHEAD_BENCH_BODY_BYTES ?? BODY_BYTES);
    const name = bodyBytes === BODY_BYTES ? `${articles}` : `${articles}-${bodyBytes}`;
    mkdirSync(folder, { recursive: true });
    Object.assign(content, { binary, database, articles, bodyBytes, file: join(folder, `search-${name}.db`) });
    content.url = await place(binary, database, `search_${name.replace('-', '_')}`);
    if (!content.url) return undefined;
    content.notes = join(folder, `search-${name}-${database}.json`);
    content.known = existsSync(content.notes) ? JSON.parse(readFileSync(content.notes, 'utf8')) : {};
    await content.make();
    return content;
  }

  async make() {
    const made = await this.count();
    if (made === 0) this.known = {};
    if (made < this.articles) {
      const rest = ['--articles', `${this.articles - made}`, '--body-bytes', `${this.bodyBytes}`];
      const seconds = await this.timed('demo', ...rest);
      // What was stopped on its way tells nothing of the whole.
      if (made === 0) this.note({ import: seconds, index: await this.size('index') });
    }
    if (this.known.text === undefined) this.note({ text: await this.size('text') });
    if (this.known.reindex !== undefined) return;
    const reindex = await this.timed('reindex');
    this.note({ reindex, indexAfter: await this.size('index') });
  }

  async count() {
    const server = await Server.masthead(this.binary, this.url);
    try {
      return (await server.data('{ articles(first: 0) { totalCount } }')).articles.totalCount;
    } finally {
      await server.stop();
    }
  }

  /** How many seconds a command took. */
  async timed(...words) {
    console.error(`${this.database}: masthead ${words.join(' ')}`);
    const began = performance.now();
    const { status, err } = await run(this.binary, [...words, '--database-url', this.url]);
    if (status !== 0) throw new Error(err);
    return (performance.now() - began) / 1000;
  }

  note(known) {
    Object.assign(this.known, known);
    writeFileSync(this.notes, `${JSON.stringify(this.known)}\n`);
  }

  /** Of the text or the index, or null where no program can be asked for it. */
  async size(what) {
    const sql = SIZES[this.database][what];
    const python = 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])';
    const ways = this.database === 'SQLite'
      ? [['sqlite3', [this.file, sql]], ['python3', ['-c', python, this.file, sql]]]
      : [['psql', [this.url, '-Atc', sql]]];
    for (const [program, words] of ways) {
      const { status, out } = await run(program, words);
      if (status === 0) return Number(out);
    }
    console.error(`${this.database}: the size of the ${what} is left out, since ${ways.map(([program]) => program).join(' or ')} could not tell`);
    return null;
  }

  /** Prints what is known. */
  print() {
    const { import: whole, reindex, text, index, indexAfter } = this.known;
    const without = whole - reindex;
    const row = (what, value, unit, base) => {
      if (value) console.log(`| ${what} | ${value.toFixed(0)} ${unit} | ${base ? (value / base).toFixed(2) : ''} |`);
    };
    const megabytes = (bytes) => bytes && bytes / 1e6;
    console.log('| the index | | times |\n| --- | ---: | ---: |');
    if (whole) row('import without it: the difference of the next two', without, 's', without);
    row('import with it', whole, 's', without);
    row('`masthead reindex`', reindex, 's');
    row('text: titles and bodies', megabytes(text), 'MB', megabytes(text));
    row('index after the import', megabytes(index), 'MB', megabytes(text));
    row('index after `masthead reindex`', megabytes(indexAfter), 'MB', megabytes(text));
  }
}
