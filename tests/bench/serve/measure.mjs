// Who is asked what, in turns.

import { median } from '../numbers.mjs';
import { load, post, prepare } from './load.mjs';

const ROUNDS = 3;
const SECONDS = 2;

/** All that was measured of one operation: runs by contender and number of connections. */
export class Measured {
  constructor(operation) {
    Object.assign(this, { name: operation.name, runs: {} });
  }

  add(contender, connections, run) {
    ((this.runs[contender] ??= {})[connections] ??= []).push(run);
  }

  has(contender) {
    return contender in this.runs;
  }

  all(contender, connections, what) {
    return (this.runs[contender]?.[connections] ?? []).map((run) => run[what]);
  }

  median(contender, connections, what = 'perSecond') {
    return median(this.all(contender, connections, what));
  }
}

/** Who is asked an operation, and by which requests. */
export async function entrants(operation, contenders) {
  const requests = prepare(operation.name, operation.bodies().map(post));
  const servers = { ...contenders.of(operation), constant: await contenders.constant(operation) };
  const all = Object.entries(servers).map(([contender, server]) => ({ contender, server, requests }));
  const unchanged = operation.name === 'FrontPage' ? await contenders.unchanged(operation) : undefined;
  return unchanged ? [...all, { contender: 'unchanged', server: contenders.servers.cached, requests: unchanged }] : all;
}

/** One operation at each number of connections, A B A B. */
export async function measure(operation, entrants, connections, postgres) {
  const measured = new Measured(operation);
  for (const entrant of entrants) await load({ ...entrant, connections: 16, seconds: 1 });
  for (const count of connections) {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const entrant of entrants) {
        measured.add(entrant.contender, count, await load({ ...entrant, connections: count, seconds: SECONDS, postgres }));
      }
    }
  }
  return measured;
}

/**
 * How long answers take at half of what a server can bear. 64 connections wait at random between their requests, so that
 * these come nearly as those of many readers do; a request that waits delays the next one of its connection alone.
 */
export async function halfLoad(entrant, most) {
  const connections = 64;
  const pause = (1000 * connections) / (most / 2);
  return { contender: entrant.contender, ...(await load({ ...entrant, connections, seconds: 5, pause })) };
}
