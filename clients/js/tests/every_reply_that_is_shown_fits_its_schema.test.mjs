// Replies as tests expect them and as pages show them, both of which are compared with what is printed.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertFitsSome } from '../../../tests/clients/lib/schemas.mjs';

const root = new URL('../../../', import.meta.url);

test('in what is expected of tests', () => {
  const files = readdirSync(new URL('tests/', root), { recursive: true });
  const found = repliesIn(
    files.filter((file) => /\/expected\/.*\.out$/.test(file)).map((file) => `tests/${file}`),
  );
  assert.ok(found > 20, `only ${found} were found`);
});

test('in the documentation', () => {
  const pages = readdirSync(new URL('docs/', root)).filter((file) => file.endsWith('.md'));
  const found = repliesIn(['README.md', ...pages.map((page) => `docs/${page}`)]);
  assert.ok(found > 20, `only ${found} were found`);
});

/** How many there are, all of which fit. */
function repliesIn(files) {
  let found = 0;
  for (const file of files) {
    for (const text of objectsIn(readFileSync(new URL(file, root), 'utf8'))) {
      // Only jsonb, of which tests take away what differs from run to run, has blanks behind its keys.
      const isWhole = !/^{"\w+": /.test(text);
      assert.doesNotThrow(() => assertFitsSome(JSON.parse(text), isWhole), file);
      found += 1;
    }
  }
  return found;
}

/** How a reply begins: that of a history as it does alone, since other objects begin with a time zone. */
const BEGINNING = /{"(?:success|balance|next_before|total|timezone":"[^"]*","from)":/g;

/** Every piece of the text that begins so, in JSON. */
function* objectsIn(text) {
  for (const { index } of text.matchAll(BEGINNING)) {
    yield text.slice(index, index + lengthOfObject(text.slice(index)));
  }
}

/** The length of the object that the text begins with. */
function lengthOfObject(text) {
  let depth = 0;
  for (const { index, 0: piece } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    depth += { '{': 1, '}': -1 }[piece] ?? 0;
    if (depth === 0) return index + 1;
  }
  throw new Error(`an object without an end: ${text.slice(0, 80)}`);
}
