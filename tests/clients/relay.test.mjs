// An app of Relay's, against a running server:
//
//     MASTHEAD_URL=http://127.0.0.1:8080 npm test
//
// The server holds the sample content. What the compiler made of the app and `schema.graphql` is in `node_modules/.relay`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, createElement, Suspense } from 'react';
import reactRelay from 'react-relay';
import relayRuntime from 'relay-runtime';
import { createRoot } from 'test-renderer';
import { List } from './relay/Lists.js';
import { ask, complaints, owners, ways } from './server.mjs';

const { Environment, Network, RecordSource, Store } = relayRuntime;
const size = 2;
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** A screen that shows these lists, all out of one store. */
async function open(lists) {
  const pending = new Set();
  const send = ({ text }, variables) => {
    const answer = ask(text, variables);
    pending.add(answer);
    return answer.finally(() => pending.delete(answer));
  };
  const environment = new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
  const root = createRoot();
  /** Does it, and waits until every answer is on the screen. */
  const settle = async (step) => {
    await act(async () => step());
    while (pending.size > 0) await act(() => Promise.all(pending));
  };
  const rows = lists.map((props, key) => createElement(List, { key, size, ...props }));
  const screen = createElement(Suspense, { fallback: 'loading' }, rows);
  await settle(() => root.render(createElement(reactRelay.RelayEnvironmentProvider, { environment }, screen)));
  const sections = () => root.container.queryAll(({ type }) => type === 'section');
  return {
    sections,
    /** Presses the buttons of this name in all lists at once, and again until none has one. */
    async exhaust(name) {
      const buttons = () => root.container.queryAll(({ type, props }) => type === 'button' && props.name === name);
      while (buttons().length > 0) await settle(() => buttons().forEach((button) => button.props.onClick()));
    },
    close: () => settle(() => root.unmount()),
  };
}

const ids = (section) => section.queryAll(({ type }) => type === 'li').map(({ props }) => props.id);

for (const name of Object.keys(owners)) {
  test(`Relay's lists of ${name} grow at both ends`, { timeout: 20_000 }, async (context) => {
    for (const { directions, lists } of await ways(name, size)) {
      const screen = await open(lists.map(({ variables }) => ({ name, variables })));
      context.after(screen.close);
      assert.deepEqual(screen.sections().map((section) => ids(section).length), lists.map(() => size));
      for (const direction of directions) await screen.exhaust(direction);
      assert.deepEqual(screen.sections().map(ids), lists.map(({ rows }) => rows.map(({ id }) => id)));
      assert.deepEqual(screen.sections().map(({ props }) => props.totalCount), lists.map(({ rows }) => rows.length));
    }
    assert.deepEqual(complaints, []);
  });
}
