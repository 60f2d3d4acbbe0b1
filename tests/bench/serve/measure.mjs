// Who is asked what, in turns.

import { median } from '../numbers.mjs';
import { load, post, prepare } from './load.mjs';

const SECONDS = 2;
/** Of whom it is told how long answers take at half load. */
const HALVED = ['constant', 'hand', 'uncached', 'cached'];

/** What was measured of one operation: runs by contender and number of connections. */
export class Measured {
  constructor({ name }, { statements }) {
    Object.assign(this, { name, statements, runs: {} });
  }

  add(contender, connections, run) {
    ((this.runs[contender] ??= {})[connections] ??= []).push(run);
  }

  all(contender, connections, what = 'perSecond') {
    return (this.runs[contender]?.[connections] ?? []).map((run) => run[what]);
  }

  /** No number where there was no run. */
  median(contender, connections, what) {
    return median(this.all(contender, connections, what)) ?? NaN;
  }

  /** The same operation, with other runs. */
  with(runs) {
    return Object.assign(new Measured(this, this), { runs });
  }

  /** Where one of two does better at so many connections, it goes under the name of the first. */
  prefer(first, second, connections) {
    const { [first]: one, [second]: other } = this.runs;
    if (other && this.median(second, connections) > this.median(first, connections)) {
      Object.assign(this.runs, { [first]: other, [second]: one });
      this.isOther = true;
    }
  }

  /** The most of any run. */
  most(contender, what) {
    return Math.max(...Object.values(this.runs[contender] ?? {}).flat().map((run) => run[what]));
  }
}

/** Who is asked an operation, and by which requests. Constant bytes are the same over every database. */
export async function entrants(operation, contenders, withConstant) {
  const requests = prepare(operation.name, operation.bodies().map(post));
  const servers = contenders.of(operation);
  if (withConstant) servers.constant = await contenders.constant(operation);
  const all = Object.entries(servers).map(([contender, server]) => ({ contender, server, requests }));
  const unchanged = operation.name === 'FrontPage' ? await contenders.unchanged(operation) : undefined;
  return unchanged ? [...all, { contender: 'unchanged', server: contenders.servers.cached, requests: unchanged }] : all;
}

/** One operation, A B A B, in so many rounds at each number of connections. */
export async function measure(operation, entrants, rounds, postgres) {
  const { server } = entrants.find(({ contender }) => contender === 'uncached');
  const measured = new Measured(operation, await server.ask(operation.query, operation.sets[0]));
  for (const entrant of entrants) await load({ ...entrant, connections: 16, seconds: 1 });
  for (const [connections, count] of Object.entries(rounds)) {
    for (let round = 0; round < count; round += 1) {
      for (const entrant of entrants) {
        measured.add(entrant.contender, connections, await load({ ...entrant, connections, seconds: SECONDS, postgres }));
      }
    }
  }
  measured.prefer('hand', 'counting', 16);
  return measured;
}

/**
 * How long answers take at half of the most that each server has borne. 64 connections wait at random between an answer and the
 * next request, as many readers do; one whose answer is late asks less often meanwhile, the others do not.
 */
export async function halfLoad(entrants, measured) {
  const connections = 64;
  const runs = [];
  for (const entrant of entrants.filter(({ contender }) => HALVED.includes(contender))) {
    const pause = (2_000 * connections) / measured.median(entrant.contender, connections);
    runs.push({ contender: entrant.contender, ...(await load({ ...entrant, connections, seconds: 5, pause })) });
  }
  return runs;
}
