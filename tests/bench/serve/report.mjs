// Tables of what was measured, in Markdown.

import { ascending } from '../numbers.mjs';
import { CONTENDERS, OPERATIONS, whole } from './names.mjs';

const known = (number, write = whole) => (Number.isFinite(number) ? write(number) : '');
const fixed = (digits) => (number) => number.toFixed(digits);
const ratio = (one, other) => known(one / other, fixed(2));

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

/** The columns of tables. */
const COLUMNS = ['constant', 'hand', 'uncached', 'cached'];

const present = (all) => COLUMNS.filter((contender) => all.some(({ runs }) => contender in runs));
const heads = (contenders) => contenders.map((contender) => CONTENDERS[contender]);

/** The median, and between what all runs lay. */
function spread(measured, contender, connections) {
  const all = ascending(measured.all(contender, connections));
  return all.length > 0 ? `${whole(measured.median(contender, connections))} (${whole(all[0])}–${whole(all.at(-1))})` : '';
}

/** Answers that have not changed stand below those that are sent again. */
function throughput(all, connections) {
  const contenders = present(all);
  const ratios = [['no cache / by hand', 'uncached', 'hand'], ['Masthead / constant', 'cached', 'constant']];
  const shown = ratios.filter(([, ...both]) => both.every((contender) => contenders.includes(contender)));
  const row = (name, measured) => [
    name,
    ...contenders.map((contender) => spread(measured, contender, connections)),
    ...shown.map(([, one, other]) => ratio(measured.median(one, connections), measured.median(other, connections))),
  ];
  const rows = all.flatMap((measured) => {
    const { constant, unchanged } = measured.runs;
    const asked = [row(OPERATIONS[measured.name], measured)];
    return unchanged ? [...asked, row(CONTENDERS.unchanged, measured.with({ constant, cached: unchanged }))] : asked;
  });
  return table([`requests/s at ${connections} connections`, ...heads(contenders), ...shown.map(([head]) => head)], rows);
}

/** What the slower of two ways to totals comes to. */
function totals(all, connections) {
  const counted = all.filter(({ runs }) => 'counting' in runs);
  const served = counted.map((measured) => {
    const way = measured.isOther ? 'reading' : 'counting';
    return `${OPERATIONS[measured.name]} ${spread(measured, 'counting', connections)} by ${way}`;
  });
  return `SQL by hand reads totals from the counts that Masthead's triggers keep, or counts, whichever is faster. The other way it serves at ${connections} connections: ${served.join(', ')}.\n`;
}

/** What it comes to where each answer is made by the engine. */
function engine(all, connections) {
  const of = (measured) => {
    const [own, database] = ['own', 'database'].map((what) => measured.median('engine', connections, what));
    const part = measured.median('engine', connections) / measured.median('hand', connections);
    return `${OPERATIONS[measured.name]} ${spread(measured, 'engine', connections)} for ${whole(own + database)} µs of CPU, ${fixed(2)(part)} of SQL by hand`;
  };
  const served = all.filter(({ runs }) => 'engine' in runs).map(of);
  return served.length > 0 ? `Without cache and plans (\`--shortcuts=false\`) Masthead serves at ${connections} connections: ${served.join(', ')}.\n` : '';
}

/** Per request; where there is a database server, its part behind that of the server. */
function cpu(all, connections) {
  const contenders = present(all);
  const cost = (measured, contender) => {
    const [own, database] = ['own', 'database'].map((what) => measured.median(contender, connections, what));
    return database > 0 ? `${whole(own + database)} (${whole(own)} + ${whole(database)})` : known(own);
  };
  const row = (measured) => [
    OPERATIONS[measured.name],
    ...contenders.map((contender) => cost(measured, contender)),
    measured.statements,
  ];
  const head = [`µs of CPU a request at ${connections} connections`, ...heads(contenders), 'statements of Masthead'];
  return table(head, all.map(row));
}

function growth(measured, connections) {
  const row = (contender) => [CONTENDERS[contender], ...connections.map((count) => known(measured.median(contender, count)))];
  return table([`requests/s, ${OPERATIONS[measured.name]}, by connections`, ...connections], present([measured]).map(row));
}

function halves(runs) {
  const row = ({ contender, perSecond, median, p99 }) =>
    [CONTENDERS[contender], whole(perSecond), fixed(2)(median), fixed(2)(p99), ratio(p99, median)];
  return table(['front page at half load', 'requests/s', 'median ms', '99th ms', 'ratio'], runs.map(row));
}

function memory(all) {
  const most = (contender, what) => Math.max(...all.map((measured) => measured.most(contender, what)).filter(Number.isFinite));
  const row = (contender) => [CONTENDERS[contender], ...['resident', 'anonymous'].map((what) => fixed(0)(most(contender, what)))];
  return table(['MiB under load, at most', 'resident', 'of which its own'], present(all).map(row));
}

/** Everything. */
export function report(results, connections, growing) {
  const parts = [];
  for (const [database, { operations, halves: runs, start, size }] of Object.entries(results)) {
    parts.push(`### Served from ${database}\n`);
    for (const count of connections) parts.push(throughput(operations, count));
    parts.push(totals(operations, connections[0]), engine(operations, connections[0]), cpu(operations, connections[0]));
    const grown = operations.find((measured) => growing.every((count) => measured.all('uncached', count).length > 0));
    if (grown) parts.push(growth(grown, growing));
    if (runs.length > 0) parts.push(halves(runs));
    parts.push(memory(operations));
    parts.push(`From its start to its first answer Masthead takes ${whole(start)} ms. Its binary has ${fixed(1)(size / 1e6)} MB.\n`);
  }
  return parts.join('\n');
}
