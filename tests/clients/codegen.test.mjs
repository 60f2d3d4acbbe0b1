// The types that graphql-codegen makes of the example operations and of those in the docs, under TypeScript's strictest eye.

import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const schema = parse(read('schema.graphql'));
const config = { scalars: { DateTime: 'string', JSON: 'Record<string, unknown>', URL: 'string' }, strictScalars: true };

/** The documents of the examples and of the docs. */
function documents() {
  const folder = 'api/assets/graphiql/examples/';
  const files = readdirSync(new URL(folder, root)).filter((file) => file.endsWith('.graphql')).sort();
  const examples = files.map((file) => [file.replace('.graphql', ''), read(folder + file)]);
  const docs = [...read('docs/querying.md').matchAll(/```graphql\n([^]*?)```/g)].map(([, text], index) => [`querying-${index}`, text]);
  assert.ok(examples.length >= 8 && docs.length >= 20);
  return [...examples, ...docs];
}

test('graphql-codegen makes types of every operation that hold under strict TypeScript', { timeout: 120_000 }, async () => {
  const folder = new URL('./node_modules/.codegen/', import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of documents()) {
    const content = await codegen({
      filename: `${name}.ts`,
      schema,
      documents: [{ location: name, document: parse(text) }],
      config,
      plugins: [{ operations: {} }],
      pluginMap: { operations },
    });
    assert.match(content, /export type \w+Query = /, name);
    writeFileSync(new URL(`${name}.ts`, folder), content);
  }
  copyFileSync(new URL('./codegen/use.ts', import.meta.url), new URL('use.ts', folder));
  const options = ['--strict', '--noEmit', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  const tsc = fileURLToPath(new URL('./node_modules/.bin/tsc', import.meta.url));
  const files = readdirSync(folder).map((file) => fileURLToPath(new URL(file, folder)));
  // Without other projects' types, which it would else find above.
  const check = () => execFileSync(tsc, [...options, '--types', '', '--ignoreConfig', ...files], { encoding: 'utf8' });
  assert.doesNotThrow(check, ({ stdout }) => assert.fail(stdout));
});
