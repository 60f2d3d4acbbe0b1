// A plot of requests per second: for each operation a bar of each contender, both databases beside each other.

import { CONTENDERS, OPERATIONS, whole } from './names.mjs';

/** Of those that are shown, in their order. */
const COLOURS = { constant: '#d3d8df', hand: '#94a3b5', uncached: '#4fb0a5', cached: '#0f5e66' };
const LABELS = 168;
const PANEL = 356;
/** Room behind the longest bar for its number. */
const NUMBER = 52;
const BAR = 11;
const GROUP = 18;
const TOP = 84;

const element = (name, attributes, content = '') => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
};
const round = (number) => Math.round(number * 10) / 10;

/** `results` are what was measured by database, `connections` which of it is shown. */
export function plot(results, connections) {
  const databases = Object.entries(results);
  const value = (measured, contender) => measured.median(contender, connections);
  const values = databases.flatMap(([, { operations }]) => operations.flatMap((measured) => Object.keys(COLOURS).map((one) => value(measured, one))));
  const scale = (PANEL - NUMBER) / Math.max(...values.filter(Number.isFinite));
  const width = LABELS + PANEL * databases.length;
  const parts = [];
  let y = TOP;
  for (const name of Object.keys(OPERATIONS)) {
    const panels = databases.map(([, { operations }]) => bars(operations.find((measured) => measured.name === name), value));
    const height = BAR * Math.max(...panels.map((panel) => panel.length));
    if (height === 0) continue;
    parts.push(element('text', { x: LABELS - 12, y: y + height / 2 + 4, 'text-anchor': 'end' }, OPERATIONS[name]));
    for (const [at, panel] of panels.entries()) {
      for (const [row, [contender, perSecond]] of panel.entries()) {
        const [x, top, length] = [LABELS + at * PANEL, y + row * BAR, Math.max(1, round(perSecond * scale))];
        parts.push(element('rect', { x, y: top, width: length, height: BAR - 1.5, rx: 1.5, fill: COLOURS[contender] }));
        parts.push(element('text', { x: round(x + length + 5), y: top + BAR - 2.5, class: 'number' }, whole(perSecond)));
      }
    }
    y += height + GROUP;
  }
  return page(width, y + 6, databases, connections, parts);
}

/** Nothing for what was not asked. */
function bars(measured, value) {
  const contenders = measured ? Object.keys(COLOURS) : [];
  return contenders.map((contender) => [contender, value(measured, contender)]).filter(([, perSecond]) => Number.isFinite(perSecond));
}

function page(width, height, databases, connections, parts) {
  const heads = databases.flatMap(([name], at) => [
    element('text', { x: LABELS + at * PANEL, y: TOP - 14, class: 'head' }, name),
    element('path', { d: `M${LABELS + at * PANEL - 0.5} ${TOP - 4}V${height - 18}`, stroke: '#c5ccd6' }),
  ]);
  let x = LABELS;
  const legend = Object.entries(COLOURS).flatMap(([contender, fill]) => {
    const [place, name] = [x, CONTENDERS[contender]];
    x += 34 + name.length * 6.6;
    return [
      element('rect', { x: place, y: 39, width: 12, height: 12, rx: 2, fill }),
      element('text', { x: place + 18, y: 49 }, name),
    ];
  });
  const style = 'text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#2b3440}'
    + '.head{font-weight:600;font-size:13px}.title{font-weight:600;font-size:15px}.number{font-size:10px;fill:#5b6675}';
  const title = `Requests per second at ${connections} connections`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    element('style', {}, style),
    element('rect', { width, height, rx: 8, fill: '#fff' }),
    element('text', { x: LABELS, y: 25, class: 'title' }, title),
    ...legend,
    ...heads,
    ...parts,
    '</svg>\n',
  ].join('\n');
}
