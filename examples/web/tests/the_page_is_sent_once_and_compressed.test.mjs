import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const url = process.env.PEER_EXCHANGE_PAGE_URL;

test('what is built is compressed, and kept for a year', async () => {
  const html = await (await fetch(url)).text();
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name]) => name);
  assert.ok(names.length >= 2);
  for (const name of names) {
    const answer = await fetch(url + name);
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.match(answer.headers.get('cache-control'), /max-age=31536000, immutable/);
    const plain = await fetch(url + name, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal(await plain.text(), await answer.text());
  }
});

test('all scripts and styles together are under 80 kB on the way', async () => {
  const html = await (await fetch(url)).text();
  const names = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name]) => name);
  const sizes = await Promise.all(
    names.map(async (name) => gzipSync(await (await fetch(url + name)).text()).length),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total < 80_000, `${total} bytes`);
});

test('the page itself is asked for each time, and not sent again unless it has changed', async () => {
  const first = await fetch(url);
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') } });
  assert.equal(again.status, 304);
});

test('what is no file is not found, however it is written', async () => {
  for (const path of ['/nothing', '/%E0%A4%A', '/..%2f..%2fpackage.json'])
    assert.equal((await fetch(url + path)).status, 404);
});
