// What is asked: pieces of what is stored, the same in every run.

import { random } from '../numbers.mjs';

/** Titles and texts of so many articles of the first seed of `masthead demo`. */
export async function texts(server, articles, count) {
  const next = random(1);
  const query = 'query($slug: String!) { article(by: { slug: $slug }) { title body { text } } }';
  const read = [];
  while (read.length < count) {
    const { article } = await server.data(query, { slug: `demo-1-${Math.floor(next() * articles)}` });
    read.push({ title: article.title, text: article.body.text });
  }
  return read;
}

/** A piece of 2 to 4 characters out of each of them, of titles and texts in turns, each once. */
export function pieces(read) {
  const next = random(2);
  const found = new Set();
  for (const [number, { title, text }] of read.entries()) {
    const characters = [...(number % 2 === 0 ? title : text)];
    let piece;
    do {
      const start = Math.floor(next() * characters.length);
      piece = characters.slice(start, start + 2 + Math.floor(next() * 3)).join('');
    } while ([...piece].length < 2 || piece !== piece.trim() || /^[-"]/.test(piece) || found.has(piece));
    found.add(piece);
  }
  return [...found];
}

/** Words, and where these are too few parts of them, that stand in so many articles: those that stand in most of what was read. */
export async function commonWords(server, read, count, articles) {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const words = ({ text }) => [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  const runs = [/(?=([\p{L}\p{N}]{2}))/gu, /(?=([\p{L}\p{N}]{3}))/gu, /(?=([\p{L}\p{N}]))/gu];
  const parts = ({ text }) => runs.flatMap((run) => [...text.matchAll(run)].map(([, part]) => part));
  const query = 'query($word: String!) { articles(search: $word, first: 0) { totalCount } }';
  const found = new Set();
  for (const word of [...frequent(read, words), ...frequent(read, parts)]) {
    if (found.has(word)) continue;
    const { articles: list } = await server.data(query, { word });
    if (list.totalCount >= articles) found.add(word);
    if (found.size === count) break;
  }
  return [...found];
}

/** What a tenth of the texts have and more, first what most have. */
function frequent(read, of) {
  const texts = new Map();
  for (const one of read) {
    for (const word of new Set(of(one).map((word) => word.toLowerCase()))) texts.set(word, (texts.get(word) ?? 0) + 1);
  }
  const enough = [...texts].filter(([, count]) => count >= read.length / 10);
  return enough.sort(([, one], [, other]) => other - one).map(([word]) => word);
}

/** The first 1 to 4 characters of each title. */
export function beginnings(titles) {
  return titles.map((title, number) => [...title].slice(0, 1 + (number % 4)).join('').trim());
}
