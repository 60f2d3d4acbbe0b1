// Apollo Client's queries: variables, fragments on unions and interfaces, errors of either kind.

import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildSchema, isAbstractType } from 'graphql';
import { endpoint } from './server.mjs';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const abstract = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith('__'));
const possibleTypes = Object.fromEntries(
  abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

function connect(context, options) {
  const cache = new InMemoryCache({ possibleTypes });
  const client = new ApolloClient({ link: new HttpLink({ uri: endpoint, ...options }), cache });
  context.after(() => client.stop());
  return client;
}

const pages = gql`
  query Pages($first: Int!) {
    articles(first: $first) { nodes { id path title authors { id path name } } }
  }
`;
const resolved = gql`
  query Resolved($path: String!, $id: ID!, $ids: [ID!]!) {
    resolve(path: $path) { __typename ...Shown ... on Article { title } ... on Author { name } }
    node(id: $id) { id ...Shown ... on Article { title } }
    nodes(ids: $ids) { id ... on Author { name articles(first: 1) { totalCount } } ... on Article { title } }
  }
  fragment Shown on Page { id slug path }
`;

for (const useGETForQueries of [false, true]) {
  const way = useGETForQueries ? 'GET' : 'POST';
  test(`Apollo Client finds out by ${way} what a path, an id and several ids are`, async (context) => {
    const client = connect(context, { useGETForQueries });
    const { data: listed } = await client.query({ query: pages, variables: { first: 3 } });
    const [article] = listed.articles.nodes;
    const [author] = article.authors;
    const variables = { path: article.path, id: article.id, ids: [author.id, article.id] };
    const { data } = await client.query({ query: resolved, variables });
    assert.deepEqual([data.resolve.__typename, data.resolve.title, data.resolve.path], ['Article', article.title, article.path]);
    assert.deepEqual([data.node.title, data.node.id], [article.title, article.id]);
    assert.deepEqual(data.nodes.map(({ __typename }) => __typename), ['Author', 'Article']);
    assert.deepEqual([data.nodes[0].name, data.nodes[1].title], [author.name, article.title]);
    // What is known by its id is read from the cache.
    const known = client.cache.readFragment({ id: `Article:${article.id}`, fragment: gql`fragment Known on Article { title path }` });
    assert.deepEqual([known.title, known.path], [article.title, article.path]);
  });

  test(`Apollo Client gets errors by ${way} with codes and places`, async (context) => {
    const client = connect(context, { useGETForQueries });
    const refused = async (query, variables) => {
      const error = await client.query({ query, variables, fetchPolicy: 'no-cache' }).then(() => undefined, (error) => error);
      assert.ok(CombinedGraphQLErrors.is(error), String(error));
      return error.errors.map(({ extensions, locations }) => [extensions.code, locations?.length > 0]);
    };
    assert.deepEqual(await refused(gql`{ articles { titel } }`), [['GRAPHQL_VALIDATION_FAILED', true]]);
    assert.deepEqual((await refused(pages, { first: 2 ** 31 })).map(([code]) => code), ['BAD_USER_INPUT']);
    assert.deepEqual((await refused(pages, { first: 1_000_000 })).map(([code]) => code), ['BAD_USER_INPUT']);
  });
}
