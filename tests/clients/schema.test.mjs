// What the served schema promises to clients.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildClientSchema, buildSchema, getIntrospectionQuery, isAbstractType, isInterfaceType, isObjectType, lexicographicSortSchema, printSchema,
} from 'graphql';
import { ask } from './server.mjs';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

test('no field has two types across the members of a union or an interface', () => {
  const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith('__'));
  assert.ok(abstract.length >= 3);
  for (const type of abstract) {
    const types = new Map();
    const members = [type, ...schema.getPossibleTypes(type)].filter((member) => isObjectType(member) || isInterfaceType(member));
    for (const member of members) {
      for (const field of Object.values(member.getFields())) {
        const before = types.get(field.name);
        const [of, text] = before ?? [member.name, String(field.type)];
        assert.equal(String(field.type), text, `${type.name}: ${member.name}.${field.name} beside ${of}.${field.name}`);
        types.set(field.name, [of, text]);
      }
    }
  }
});

test('introspection tells the schema of schema.graphql', async () => {
  const query = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  const { data } = await ask(query);
  // The engine says of every schema what `__Schema` is; ours has no description.
  assert.match(data.__schema.description, /^A GraphQL Schema defines the capabilities of a GraphQL server\./);
  data.__schema.description = null;
  const sorted = (schema) => printSchema(lexicographicSortSchema(schema));
  assert.equal(sorted(buildClientSchema(data)), sorted(schema));
});
