import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { file, types } from '../scripts/types.mjs';

test('as they are written now', async () => {
  assert.equal(
    readFileSync(file, 'utf8'),
    await types(),
    'write them anew: cargo xtask test typed-client --bless',
  );
});
