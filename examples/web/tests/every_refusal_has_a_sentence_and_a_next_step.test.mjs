import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compiled } from './lib/compiled.mjs';

const { explain } = await compiled('api/refusals.ts');

test('every code of the reference is explained in words of the page', async () => {
  for (const code of await documentedCodes()) {
    const marker = 'the server’s own words';
    const { sentence, advice, next } = explain({
      success: false,
      error_code: code,
      error: marker,
      details: {},
    });
    assert.ok(!sentence.includes(marker), `${code} has no sentence`);
    assert.match(sentence, /^[A-Z].*\.$/, code);
    assert.match(advice, /^[A-Z].*\.$/, code);
    assert.ok(next, code);
  }
});

test('a code that is newer than the page is explained by the server', () => {
  const { sentence, next } = explain({
    success: false,
    error_code: 'TOO_WINDY',
    error: 'It is too windy',
    details: {},
  });
  assert.deepEqual([sentence, next], ['It is too windy.', 'close']);
});

test('the sentence includes what the server says about a refusal', () => {
  const details = { required: 60, available: 40 };
  const { sentence } = explain({ success: false, error_code: 'INSUFFICIENT_CREDITS', error: '', details });
  assert.equal(sentence, 'This costs 60 credits and you have 40.');
});

/** The first column of the reference's table of refusals. */
async function documentedCodes() {
  const reference = await readFile(new URL('../../../docs/reference.md', import.meta.url), 'utf8');
  const [, section] = reference.split('\n## Refusals\n');
  const codes = [...section.split('\n## ')[0].matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
  assert.ok(codes.length > 20, 'the table of refusals was not found');
  return codes;
}
