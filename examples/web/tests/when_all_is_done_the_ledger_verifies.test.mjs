import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../../../tests/clients/lib/database.mjs';

test('neither the past of the demo nor anything done on the page left a discrepancy', async () => {
  assert.deepEqual(await rows('select * from peer_exchange.verify_ledger()'), []);
});
