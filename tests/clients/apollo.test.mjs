// Apollo Client, against a running server:
//
//     MASTHEAD_URL=http://127.0.0.1:8080 npm test
//
// The server holds the sample content.

import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filter, firstValueFrom } from 'rxjs';
import { complaints, endpoint, owners, ways } from './server.mjs';

const size = 2;
const variables = '$where: ArticleWhere, $orderBy: [ArticleOrderBy!], $first: Int, $after: String, $last: Int, $before: String';
const articles = `
  articles(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { id title body { readingMinutes } categories { names } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }`;
const queries = {
  everyone: gql`query Everyone(${variables}) { ${articles} }`,
  category: gql`query Category($by: CategoryBy!, ${variables}) { owner: category(by: $by) { id ${articles} } }`,
  author: gql`query Author($by: AuthorBy!, ${variables}) { owner: author(by: $by) { id ${articles} } }`,
  tag: gql`query Tag($by: TagBy!, ${variables}) { owner: tag(by: $by) { id ${articles} } }`,
};

/** A client that knows nothing of our lists but that they page as Relay's do. */
function connect(context) {
  const paged = { fields: { articles: relayStylePagination(['where', 'orderBy']) } };
  const cache = new InMemoryCache({ typePolicies: { Query: paged, Category: paged, Author: paged, Tag: paged } });
  const client = new ApolloClient({ link: new HttpLink({ uri: endpoint }), cache });
  context.after(() => client.stop());
  return client;
}

/** A list that stays on the screen, from the page that the variables ask for. */
function open(client, query, variables) {
  const list = client.watchQuery({ query, variables });
  list.subscribe({ error: (error) => complaints.push(error.message) });
  const shown = async () => {
    const { data, error } = await firstValueFrom(list.pipe(filter(({ loading }) => !loading)));
    assert.equal(error, undefined);
    return (data.owner ?? data).articles;
  };
  const more = async (page) => {
    await list.fetchMore({ variables: { first: null, after: null, last: null, before: null, ...page } });
    return (await shown()).pageInfo;
  };
  return {
    shown,
    async next() {
      let { pageInfo } = await shown();
      while (pageInfo.hasNextPage) pageInfo = await more({ first: size, after: pageInfo.endCursor });
    },
    async previous() {
      let { pageInfo } = await shown();
      while (pageInfo.hasPreviousPage) pageInfo = await more({ last: size, before: pageInfo.startCursor });
    },
  };
}

for (const name of Object.keys(owners)) {
  test(`Apollo's lists of ${name} grow at both ends`, { timeout: 20_000 }, async (context) => {
    for (const { directions, lists } of await ways(name, size)) {
      const client = connect(context);
      const screen = lists.map(({ variables }) => open(client, queries[name], variables));
      const shown = () => Promise.all(screen.map((list) => list.shown()));
      assert.deepEqual((await shown()).map(({ edges }) => edges.length), lists.map(() => size));
      for (const direction of directions) await Promise.all(screen.map((list) => list[direction]()));
      for (const [index, { edges, totalCount }] of (await shown()).entries()) {
        const { rows } = lists[index];
        assert.deepEqual(edges.map(({ cursor, node }) => ({ cursor, id: node.id })), rows);
        assert.equal(totalCount, rows.length);
      }
    }
    assert.deepEqual(complaints, []);
  });
}
