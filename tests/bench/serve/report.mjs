// Tables of what was measured, in Markdown.

import { ascending } from '../numbers.mjs';
import { CONTENDERS, OPERATIONS, whole } from './names.mjs';

const known = (number, write = whole) => (Number.isFinite(number) ? write(number) : '');
const ratio = (one, other) => known(one / other, (number) => number.toFixed(2));

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** The median, and between what all runs lay. */
function spread(measured, contender, connections) {
  const all = ascending(measured.all(contender, connections, 'perSecond'));
  return all.length > 0 ? `${whole(measured.median(contender, connections))} (${whole(all[0])}–${whole(all.at(-1))})` : '';
}

const present = (all) => Object.keys(CONTENDERS).filter((contender) => all.some((measured) => measured.has(contender)));

/** Requests per second. */
export function throughput(all, connections) {
  const contenders = present(all);
  const ratios = [['no cache / by hand', 'uncached', 'hand'], ['Masthead / constant', 'cached', 'constant']];
  const shown = ratios.filter(([, ...both]) => both.every((contender) => contenders.includes(contender)));
  const row = (measured) => [
    OPERATIONS[measured.name],
    ...contenders.map((contender) => spread(measured, contender, connections)),
    ...shown.map(([, one, other]) => ratio(measured.median(one, connections), measured.median(other, connections))),
  ];
  return table([`at ${connections} connections`, ...contenders.map((name) => CONTENDERS[name]), ...shown.map(([head]) => head)], all.map(row));
}

/** CPU per request; where there is a database server, its own behind that of the server. */
export function cpu(all, connections) {
  const contenders = present(all);
  const cost = (measured, contender) => {
    const [own, database] = ['own', 'database'].map((what) => measured.median(contender, connections, what));
    if (!Number.isFinite(own)) return '';
    return database > 0 ? `${whole(own + database)} (${whole(own)} + ${whole(database)})` : whole(own);
  };
  const row = (measured) => [OPERATIONS[measured.name], ...contenders.map((contender) => cost(measured, contender))];
  return table([`µs of CPU at ${connections} connections`, ...contenders.map((name) => CONTENDERS[name])], all.map(row));
}

/** Of one operation, by the number of connections. */
export function growth(measured, connections) {
  const row = (contender) => [CONTENDERS[contender], ...connections.map((count) => known(measured.median(contender, count)))];
  return table(['connections', ...connections], present([measured]).map(row));
}

/** Times at half load. */
export function tails(runs) {
  const row = ({ contender, perSecond, median, p99 }) =>
    [CONTENDERS[contender], whole(perSecond), median.toFixed(2), p99.toFixed(2), ratio(p99, median)];
  return table(['at half load', 'requests/s', 'median ms', '99th ms', 'ratio'], runs.map(row));
}
