// urql, which sends queries by GET, and says which operation of a document it means.

import { Client, fetchExchange, gql } from '@urql/core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoint } from './server.mjs';

const document = gql`
  query Titles($first: Int!, $where: ArticleWhere) {
    articles(first: $first, where: $where) {
      totalCount
      ...Titled
    }
  }
  query Site {
    site {
      title
    }
  }
  fragment Titled on ArticleConnection {
    nodes {
      title
    }
  }
`;

/** A client, and the requests that it sends. */
function connect(preferGetMethod) {
  const requests = [];
  const send = (url, init) => {
    requests.push({ method: init.method, url: new URL(url) });
    return fetch(url, init);
  };
  return { client: new Client({ url: endpoint, exchanges: [fetchExchange], preferGetMethod, fetch: send }), requests };
}

for (const preferGetMethod of [true, 'force', 'within-url-limit']) {
  test(`urql asks by GET for one of several operations (${preferGetMethod})`, async () => {
    const { client, requests } = connect(preferGetMethod);
    const { data, error } = await client.query(document, { first: 2, where: { title: { contains: 'a' } } });
    assert.equal(error, undefined);
    assert.equal(data.articles.nodes.length, 2);
    assert.ok(data.articles.totalCount >= 2);
    assert.equal(data.site, undefined);
    const [{ method, url }] = requests;
    assert.deepEqual([requests.length, method, url.searchParams.get('operationName')], [1, 'GET', 'Titles']);
    assert.match(url.searchParams.get('query'), /query Site/);
  });
}

test('urql asks by POST for what is too long for a URL', async () => {
  const { client, requests } = connect('within-url-limit');
  const where = { title: { in: Array.from({ length: 400 }, (_, index) => `no title ${index}`) } };
  const { data, error } = await client.query(document, { first: 2, where });
  assert.equal(error, undefined);
  assert.equal(data.articles.totalCount, 0);
  assert.deepEqual(requests.map(({ method }) => method), ['POST']);
});

test('urql gets errors as they are', async () => {
  for (const preferGetMethod of [true, false]) {
    const { client } = connect(preferGetMethod);
    const { data, error } = await client.query(gql`{ articles(first: 1) { titel } }`, {});
    assert.equal(data, undefined);
    assert.equal(error.networkError, undefined);
    assert.equal(error.graphQLErrors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    const wrong = await client.query(document, { first: 2 ** 31 });
    assert.equal(wrong.error.graphQLErrors[0].extensions.code, 'BAD_USER_INPUT');
  }
});
