// Served HTML runs nothing and fetches nothing but pictures, whatever was imported:
//
//     MASTHEAD_VECTORS_URL=http://127.0.0.1:8081 npm test
//
// That server holds the sites which `cargo run --package tests --example vectors` writes.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const url = process.env.MASTHEAD_VECTORS_URL;
const frameHost = 'player.example';
let browser;
let server;
let base;

/** The pages of the test, under a policy that only tells what it would forbid. It asks for everything else, so that nothing waits. */
before(async () => {
  server = createServer((request, response) => {
    const isPage = ['/page', '/blank'].includes(request.url);
    if (!isPage) return response.writeHead(404).end();
    const policy = "default-src 'none'; img-src * data:; script-src 'nonce-own'; frame-src https://player.example 'self'; form-action 'none'; base-uri 'none'";
    response.setHeader('content-security-policy-report-only', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<!doctype html><title>page</title><body></body>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      // Every host is this one: nothing leaves the machine.
      `--host-resolver-rules=MAP * 127.0.0.1:${server.address().port}`,
    ],
  });
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

/** How HTML comes into a page; each gets the text and a place that is its own. */
const ways = {
  innerHTML: (html, place) => (place.innerHTML = html),
  twice: (html, place) => {
    place.innerHTML = html;
    place.innerHTML = String(place.innerHTML);
  },
  template: (html, place) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    place.append(document.importNode(template.content, true));
  },
  cell: (html, place) => {
    place.innerHTML = '<table><tbody><tr><td></td></tr></tbody></table>';
    place.querySelector('td').innerHTML = html;
  },
  'table as text': (html, place) => (place.innerHTML = `<table><tr><td>${html}</td></tr></table>`),
  foreignObject: (html, place) => {
    place.innerHTML = '<svg><foreignObject width="100" height="100"></foreignObject></svg>';
    place.querySelector('foreignObject').innerHTML = html;
  },
  'foreignObject as text': (html, place) =>
    (place.innerHTML = `<svg><foreignObject width="100" height="100"><div>${html}</div></foreignObject></svg>`),
  adoptNode: (html, place) => {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    place.append(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  },
  'adjacent to text': (html, place) => place.insertAdjacentHTML('beforeend', `x${html}y`),
  noscript: (html, place) => {
    place.innerHTML = `<noscript>${html}</noscript><div>${html}</div>`;
    return place.lastElementChild;
  },
  'document.write': (html, place) => {
    const frame = document.createElement('iframe');
    place.append(frame);
    window.watch(frame.contentWindow);
    frame.contentDocument.open();
    frame.contentDocument.write(`<!doctype html><body>${html}`);
    frame.contentDocument.close();
    return frame.contentDocument.body;
  },
};

/** Runs in the page before anything else: notes what must not happen. */
function watching() {
  window.noted = [];
  window.watch = (target) => {
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) target[name] = () => window.noted.push(`ran: ${name}`);
    target.addEventListener('error', (event) => event.message && window.noted.push(`error: ${event.message}`));
    target.document.addEventListener('securitypolicyviolation', (event) => {
      if (event.effectiveDirective !== 'frame-src') window.noted.push(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  };
  window.watch(window);
  // What is wrong with a tree; `allowed` is what may be served, in words that are not the importer's.
  window.faults = (root, frameHost) => {
    const faults = [];
    const elements = [...root.querySelectorAll('*')];
    const names = new Set(
      ('a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ' +
        'img input ins kbd li mark ol p pre q rb rp rt rtc ruby s samp section small span strong sub summary sup table tbody td tfoot th thead ' +
        'time tr u ul var wbr iframe').split(' '),
    );
    for (const element of elements) {
      if (!names.has(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') faults.push(`<${element.localName}>`);
      for (const { name, value } of element.attributes) {
        const seen = value.replace(/[\u0000-\u001f]/g, '').toLowerCase();
        if (/^on/i.test(name) || ['style', 'srcdoc', 'srcset', 'name', 'form', 'ping', 'target'].includes(name)) faults.push(`${element.localName} ${name}`);
        if (!['alt', 'title'].includes(name) && /(java|vb)script:/.test(seen)) faults.push(`${name}: ${value}`);
        // What is no address at all leads nowhere.
        const leads = ['href', 'src'].includes(name) && URL.canParse(value, document.baseURI);
        if (leads && !['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(value, document.baseURI).protocol)) faults.push(`${name}: ${value}`);
      }
      if (element.localName === 'iframe' && (new URL(element.src).host !== frameHost || !element.sandbox.contains('allow-scripts') || /top/.test(element.sandbox)))
        faults.push(`frame of ${element.src}`);
      if (element.localName === 'a' && element.rel !== 'noopener noreferrer') faults.push(`rel: ${element.rel}`);
    }
    return faults;
  };
}

/** A page that watches, and what it asked the network for besides pictures. */
async function watched() {
  const page = await browser.newPage();
  const fetched = [];
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const isFrame = request.resourceType() === 'document' && asked.protocol === 'https:' && asked.host === frameHost;
    const isOwn = asked.origin === base && asked.pathname === '/page';
    if (request.resourceType() !== 'image' && !isFrame && !isOwn) fetched.push(`${request.resourceType()} ${request.url()}`);
  });
  page.on('dialog', (dialog) => (fetched.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on('popup', () => fetched.push('popup'));
  page.on('pageerror', (error) => fetched.push(`error: ${error.message}`));
  await page.addInitScript(watching);
  await page.goto(`${base}/page`);
  return { page, fetched };
}

/** Puts each text into a page in one way, waits until its pictures have failed, and tells what happened. */
async function insert({ page }, way, texts, checks, expected) {
  return page.evaluate(
    async ({ source, texts, frameHost, checks, expected }) => {
      const put = (0, eval)(`(${source})`);
      const before = window.noted.length;
      const found = [];
      const places = [];
      for (const html of texts) {
        const place = document.createElement('div');
        document.body.append(place);
        const inner = put(html, place);
        places.push(place);
        const root = inner?.querySelectorAll ? inner : place.querySelector('td, foreignObject') ?? place;
        if (checks) found.push(...window.faults(root, frameHost).map((fault) => `${fault} in ${html}`));
      }
      // Whoever waits for focus, a pointer or a change of state gets it.
      for (const element of document.querySelectorAll('details')) element.open = !element.open;
      for (const element of document.querySelectorAll('[tabindex], [contenteditable], input, a')) element.focus();
      const images = places.flatMap((place) => {
        const inner = [...place.querySelectorAll('iframe')].flatMap((frame) => [...(frame.contentDocument?.images ?? [])]);
        return [...place.querySelectorAll('img'), ...inner];
      });
      const settled = images.map((image) => image.complete || new Promise((done) => {
        image.addEventListener('load', done);
        image.addEventListener('error', done);
      }));
      await Promise.race([Promise.all(settled), new Promise((done) => setTimeout(done, 10_000))]);
      // What comes later than pictures: the events of media and animations.
      const until = Date.now() + (expected ? 10_000 : 300);
      do {
        await new Promise((done) => setTimeout(done, 50));
      } while (Date.now() < until && !window.noted.slice(before).some((what) => what === expected));
      places.forEach((place) => place.remove());
      return [...window.noted.slice(before), ...found];
    },
    { source: ways[way].toString(), texts, frameHost, checks, expected },
  );
}

test('the watch sees what runs', async () => {
  const raw = '<img src=x onerror=alert(1)>';
  for (const way of Object.keys(ways)) {
    const watch = await watched();
    const noted = await insert(watch, way, [raw], false, 'ran: alert');
    assert.ok(noted.includes('ran: alert'), `${way} did not run ${raw}: ${noted}`);
    await watch.page.close();
  }
  for (const html of [
    '<details open ontoggle=alert(1)>',
    '<input autofocus onfocus=alert(1)>',
    '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
    '<video><source onerror=alert(1) src=x></video>',
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    '<iframe src="javascript:parent.alert(1)"></iframe>',
  ]) {
    const watch = await watched();
    const noted = await insert(watch, 'innerHTML', [html], false, 'ran: alert');
    assert.ok(noted.includes('ran: alert'), `${html} did not run: ${noted}`);
    await watch.page.close();
  }
  const policy = await watched();
  const told = await insert(policy, 'innerHTML', ['<svg onload=alert(1)>', '<p onclick=alert(1)>'], false);
  assert.ok(told.filter((what) => what.startsWith('policy: script-src-attr')).length >= 2, `the policy forbids nothing: ${told}`);
  await policy.page.close();
  for (const html of ['<link rel=stylesheet href=https://canary.example/a>', '<object data=https://canary.example/a>']) {
    const watch = await watched();
    const noted = await insert(watch, 'innerHTML', [html], false);
    assert.ok(watch.fetched.length + noted.length > 0, `${html} fetched nothing`);
    await watch.page.close();
  }
  const watch = await watched();
  for (const html of ['<a href="javascript:x">', '<p onclick=x>', '<script>', '<svg>', '<a href="x-y:z">', '<p style=x>', '<iframe src=https://x.example>']) {
    assert.notDeepEqual(await insert(watch, 'innerHTML', [html], true), [], html);
  }
});

test('nothing that was imported runs in any page', { skip: url ? false : 'MASTHEAD_VECTORS_URL is not set' }, async () => {
  const texts = new Set();
  let articles = 0;
  for (let after = null, more = true; more; ) {
    const query = 'query($after: String) { articles(first: 500, after: $after) { pageInfo { hasNextPage endCursor } nodes { body { html copies: html(images: PROXIED) bare: html(withoutCover: true) } } } }';
    const body = JSON.stringify({ query, variables: { after } });
    const answer = await (await fetch(new URL('/graphql', url), { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
    assert.equal(answer.errors, undefined);
    for (const { body } of answer.data.articles.nodes) {
      articles += 1;
      Object.values(body).forEach((html) => texts.add(html));
    }
    ({ endCursor: after, hasNextPage: more } = answer.data.articles.pageInfo);
  }
  assert.ok(articles >= 3_000, `${articles} articles`);
  const all = [...texts];
  const started = Date.now();
  for (const way of Object.keys(ways)) {
    for (let at = 0; at < all.length; at += 500) {
      const watch = await watched();
      const noted = await insert(watch, way, all.slice(at, at + 500), true);
      assert.deepEqual([...noted, ...watch.fetched].slice(0, 5), [], way);
      await watch.page.close();
    }
  }
  console.log(`${articles} articles, ${all.length} different texts, ${Object.keys(ways).length} ways, ${Date.now() - started} ms`);
});
