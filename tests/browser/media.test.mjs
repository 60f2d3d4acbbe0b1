// What a browser makes of the pictures that a server keeps:
//
//     MASTHEAD_URL=http://127.0.0.1:8080 MASTHEAD_MEDIA=media npm test
//
// The server holds the sample content, and MASTHEAD_MEDIA is its folder for copies.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const base = new URL(process.env.MASTHEAD_URL ?? 'http://127.0.0.1:8080');
const media = process.env.MASTHEAD_MEDIA ?? 'media';
const hash = '5c'.repeat(16);
const script = "document.documentElement.setAttribute('data-ran', 'yes'); fetch('/healthz?ran');";
const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60" onload="${script}">
  <style>rect { fill: rgb(1, 2, 3) }</style>
  <rect width="90" height="60"/><script>${script.replaceAll('&', '&amp;')}</script>
  <animate onbegin="${script}" attributeName="x" dur="1s"/><set onbegin="${script}" attributeName="y" to="1"/>
  <image href="/none?ran" onerror="${script}"/><a id="link" href="javascript:${script}"><text y="20">t</text></a>
  <use href="data:image/svg+xml,&lt;svg id='x' xmlns='http://www.w3.org/2000/svg'>&lt;image href='1' onerror='alert(1)'/>&lt;/svg>#x"/>
  <style>@import "/none.css?ran"; rect { stroke: url(/none.svg?ran#a) }</style><script href="/none.js?ran"/>
  <foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="/none.png?ran" onerror="${script}"/></foreignObject>
  <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="/graphql"></iframe></foreignObject>
  <image xlink:href="/favicon.ico?ran" width="1" height="1"/></svg>`;
let browser;

before(async () => {
  const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  await mkdir(join(media, '5c'), { recursive: true });
  await writeFile(join(media, '5c', `${hash}.svg`), svg);
});
after(async () => {
  await browser?.close();
  await rm(join(media, '5c', `${hash}.svg`), { force: true });
});

test('an SVG that is opened by itself is drawn, and runs and fetches nothing', async () => {
  const page = await browser.newPage();
  const fetched = [];
  page.on('response', (response) => fetched.push(response.url()));
  const url = new URL(`/media/5c/${hash}.svg`, base).href;
  await page.goto(url);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => document.documentElement.localName), 'svg');
  assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-ran')), null);
  assert.equal(await page.evaluate(() => self.origin), 'null');
  const fill = await page.evaluate(() => getComputedStyle(document.querySelector('rect')).fill);
  assert.equal(fill, 'rgb(1, 2, 3)', 'its own styles hold');
  assert.deepEqual(fetched, [url]);
});

/** Another server, which answers everything alike. */
async function elsewhere(type, content) {
  const server = createServer((_, response) => response.setHeader('content-type', type).end(content)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => (server.closeAllConnections(), server.close()) };
}

test('an SVG that another page shows runs and fetches nothing, however it is shown', async () => {
  const url = new URL(`/media/5c/${hash}.svg`, base).href;
  const page = await browser.newPage();
  const asked = [];
  // What a policy forbids is a request without a response.
  page.on('response', (response) => asked.push(response.url()));
  page.on('dialog', (dialog) => (asked.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  const shown = { img: 'src', embed: 'src', iframe: 'src', object: 'data' };
  const elements = Object.entries(shown).map(([name, attribute]) => `<${name} ${attribute}="${url}" width="90"></${name}>`);
  // From the server's own origin too, where its scripts could do the most.
  const own = new URL('/healthz', base).href;
  const other = await elsewhere('text/html', '<!doctype html><title>another origin</title>');
  for (const from of [own, other.url]) {
    await page.goto(from);
    asked.length = 0;
    await page.evaluate((html) => (document.documentElement.innerHTML = `<body>${html}</body>`), elements.join(''));
    await page.waitForTimeout(1000);
    assert.ok(asked.length > 0 && asked.every((request) => request === url), `${from}: ${asked}`);
    for (const frame of page.frames().slice(1)) {
      const ran = await frame.evaluate(() => document.documentElement.getAttribute('data-ran')).catch(() => null);
      assert.equal(ran, null);
    }
  }
  other.close();
  await page.close();
});

test('a link in an SVG that is followed runs nothing', async () => {
  const page = await browser.newPage();
  await page.goto(new URL(`/media/5c/${hash}.svg`, base).href);
  await page.evaluate(() => document.getElementById('link').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-ran')), null);
  await page.close();
});

test('the same file runs where nothing forbids it', async () => {
  const { url, close } = await elsewhere('image/svg+xml', svg);
  const page = await browser.newPage();
  await page.goto(url);
  assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-ran')), 'yes');
  await page.close();
  close();
});

test('a page of another origin shows every picture of the sample', async () => {
  const body = JSON.stringify({ query: '{ images(first: 1000) { nodes { url width height } } }' });
  const answer = await fetch(new URL('/graphql', base), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const images = (await answer.json()).data.images.nodes;
  assert.ok(images.length >= 40);
  const page = await browser.newPage();
  const { url, close } = await elsewhere('text/html', '<!doctype html><title>another origin</title>');
  await page.goto(url);
  const sizes = await page.evaluate(
    (urls) =>
      Promise.all(
        urls.map(async (url) => {
          const image = new Image();
          image.src = url;
          await new Promise((resolve) => (image.onload = image.onerror = resolve));
          return [url, image.naturalWidth, image.naturalHeight];
        }),
      ),
    images.map((image) => image.url),
  );
  close();
  assert.deepEqual(sizes, images.map((image) => [image.url, image.width, image.height]));
});
