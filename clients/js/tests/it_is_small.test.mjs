import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const MOST_BYTES = 6_000;

test('all that a page loads of it, compressed', () => {
  const modules = [...reached('index.js')].map((file) => readFileSync(at(file)));
  const { length } = gzipSync(Buffer.concat(modules));
  assert.ok(length < MOST_BYTES, `${length} bytes`);
});

test('and nothing of anybody else', () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(at('../package.json'), 'utf8'));
  assert.equal(dependencies, undefined);
  assert.ok('@supabase/supabase-js' in peerDependencies);
  for (const file of reached('index.js')) {
    assert.doesNotMatch(readFileSync(at(file), 'utf8'), /from '[^.]/, file);
  }
});

/** The modules that one loads, itself included. */
function reached(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, other] of readFileSync(at(file), 'utf8').matchAll(/from '\.\/([^']+)'/g))
    reached(other, found);
  return found;
}

function at(file) {
  return new URL(`../dist/${file}`, import.meta.url);
}
