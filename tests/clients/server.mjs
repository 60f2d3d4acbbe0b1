// What the tests of all clients share: the server that they ask, and the lists that they page through.

import assert from 'node:assert/strict';

export const endpoint = new URL('/graphql', process.env.MASTHEAD_URL ?? 'http://127.0.0.1:8080').href;

/** Everything that a client writes to the console. */
export const complaints = [];
for (const level of ['error', 'warn']) console[level] = (...words) => complaints.push(words.map(String).join(' '));

/** Sends an operation, and fails where the answer has errors. */
export async function ask(query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  assert.equal(answer.errors, undefined, JSON.stringify({ query, variables, answer }));
  return answer;
}

/** Whose articles are listed. */
export const owners = {
  everyone: undefined,
  category: { names: ['海洋'] },
  author: { slug: '林知远' },
  tag: { slug: 'editing' },
};

/** Each list is on the screen twice at once. */
const filters = [
  { where: null, orderBy: null },
  { where: { publishedAt: { gte: '2025-06-01T00:00:00Z' } }, orderBy: [{ field: 'TITLE_PINYIN', direction: 'ASC' }] },
];

/** The ids and cursors of a list, asked for in one piece and by no client. */
async function whole(name, variables) {
  const list = 'articles(where: $where, orderBy: $orderBy, first: 1000) { edges { cursor node { id } } }';
  const query = owners[name]
    ? `query ($by: ${name[0].toUpperCase()}${name.slice(1)}By!, $where: ArticleWhere, $orderBy: [ArticleOrderBy!]) {
        owner: ${name}(by: $by) { ${list} }
      }`
    : `query ($where: ArticleWhere, $orderBy: [ArticleOrderBy!]) { ${list} }`;
  const { data } = await ask(query, variables);
  return (data.owner ?? data).articles.edges.map(({ cursor, node }) => ({ cursor, id: node.id }));
}

/**
 * Two ways through the lists of an owner: in which directions, with which variables each list begins, and which rows it has
 * in the end. Both come in at the middle, one reads on from there and the other back, and then what is left.
 */
export async function ways(name, size) {
  const lists = filters.map(async (filter) => {
    const variables = { by: owners[name], ...filter };
    const rows = await whole(name, variables);
    const middle = Math.floor(rows.length / 2);
    assert.ok(middle >= size && rows.length - middle > size, `${name}: a page before the middle and one behind it`);
    return { variables, rows, cursor: rows[middle].cursor };
  });
  const begun = (await Promise.all(lists)).map(({ variables, rows, cursor }) => ({
    on: { variables: { ...variables, first: size, after: cursor, last: null, before: null }, rows },
    back: { variables: { ...variables, first: null, after: null, last: size, before: cursor }, rows },
  }));
  return [
    { directions: ['next', 'previous'], lists: begun.map(({ on }) => on) },
    { directions: ['previous', 'next'], lists: begun.map(({ back }) => back) },
  ];
}
