// Documents for our schema and what the reference implementation says of them, one a line:
//
//     node documents.mjs SEED COUNT
//
// A line is {"document", "verdict": "valid" | "invalid" | "syntax", "messages"}. About half are valid.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { grow } from './documents/grow.mjs';
import { Chance } from './documents/random.mjs';
import { spoil } from './documents/spoil.mjs';

const [seed, count] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));

/** The documents below a folder. */
function written(folder) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) => file.endsWith('.graphql')).sort();
  return files.map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

function judge(document) {
  let tree;
  try {
    tree = parse(document);
  } catch ({ message }) {
    return { verdict: 'syntax', messages: [message] };
  }
  const messages = validate(schema, tree).map(({ message }) => message);
  return { verdict: messages.length > 0 ? 'invalid' : 'valid', messages };
}

const examples = [...written('api/assets/graphiql/examples'), ...written('tests/cases')].filter((text) => judge(text).verdict !== 'syntax');
const chance = new Chance(seed);
for (let index = 0; index < count; index += 1) {
  const healthy = chance.once(3) ? chance.of(examples) : grow(schema, chance);
  const document = chance.once(3) ? healthy : spoil(healthy, chance, schema);
  process.stdout.write(`${JSON.stringify({ document, ...judge(document) })}\n`);
}
