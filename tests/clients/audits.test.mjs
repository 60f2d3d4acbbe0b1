// The audits of graphql-http, the reference for GraphQL over HTTP: each of them, also through a client that takes compressed
// answers, and through one that asks for a media type that nobody knows.

import { serverAudits } from 'graphql-http';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoint } from './server.mjs';

const unknown = 'application/vnd.unknown+json';

/** A fetch that sends what `change` makes of its headers. */
const changed = (change) => (url, init) => {
  const headers = new Headers(init?.headers);
  change(headers);
  return fetch(url, { ...init, headers });
};

const clients = {
  'a plain client': fetch,
  'a client that takes gzip': changed((headers) => headers.set('accept-encoding', 'gzip')),
  'a client that also takes a media type that nobody knows': changed((headers) => {
    const accept = headers.get('accept');
    headers.set('accept', accept ? `${accept}, ${unknown};q=0.1` : `${unknown}, */*`);
  }),
};

for (const [name, fetchFn] of Object.entries(clients)) {
  const audits = serverAudits({ url: endpoint, fetchFn });
  test(`there are 61 audits for ${name}`, () => assert.equal(audits.length, 61));
  for (const audit of audits) {
    test(`${name}: ${audit.name}`, { timeout: 10_000 }, async () => {
      const { status, reason, response } = await audit.fn();
      assert.equal(status, 'ok', `${audit.id}: ${reason} (${response?.status} ${response?.headers.get('content-type')})`);
    });
  }
}
