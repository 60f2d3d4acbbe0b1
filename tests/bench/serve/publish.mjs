// Puts what was measured where it is read.

import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- serve:begin -->\n';
const END = '<!-- serve:end -->';

const at = (path) => new URL(`../../../${path}`, import.meta.url);

/** Between the two marks of `docs/performance.md`, and as a plot beside it. */
export function publish(tables, plot) {
  const page = at('docs/performance.md');
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (from < BEGIN.length || to < from) throw new Error(`docs/performance.md lacks ${BEGIN.trim()} and ${END}`);
  writeFileSync(page, `${text.slice(0, from)}\n${tables}\n${text.slice(to)}`);
  writeFileSync(at('docs/images/serve.svg'), plot);
}
