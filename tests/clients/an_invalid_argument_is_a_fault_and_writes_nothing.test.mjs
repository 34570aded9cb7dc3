import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booking, fails } from './lib/bookings.mjs';
import { tracesOf } from './lib/ledger.mjs';
import { newPair } from './lib/people.mjs';

const faults = {
  'an id that is none': [{ p_practitioner_id: 'ben' }, 400, '22P02'],
  'a day that is none': [{ p_session_date: '2030-02-30' }, 400, '22008'],
  'a time of the next day': [{ p_start_time: '24:00' }, 400, '22023'],
  'a duration that is no whole number': [{ p_duration_minutes: 59.5 }, 400, '22P02'],
  'a duration that no integer holds': [{ p_duration_minutes: 2147483648 }, 400, '22003'],
  'a note of a million characters': [{ p_notes: 'x'.repeat(1_000_000) }, 400, '22023'],
  'a key of 256 characters': [{ p_idempotency_key: 'x'.repeat(256) }, 400, '22023'],
  'a price, which no client sets': [{ p_credit_cost: 1 }, 404, 'PGRST202'],
  'no practitioner at all': [{ p_practitioner_id: undefined }, 404, 'PGRST202'],
};

for (const [what, [changes, status, code]] of Object.entries(faults)) {
  test(what, async () => {
    const [ann, ben] = await newPair();
    await fails(ann.client.rpc('create_peer_booking', booking(ann, ben, changes)), status, code);
    assert.deepEqual(await tracesOf(ann, ben), { sessions: 0, entries: 1, notifications: 0 });
  });
}

test('a key of 255 characters and a note of 10,000 are fine', async () => {
  const [ann, ben] = await newPair();
  const long = { p_idempotency_key: 'x'.repeat(255), p_notes: 'é'.repeat(10_000) };
  const { data } = await ann.client.rpc('create_peer_booking', booking(ann, ben, long));
  assert.equal(data.success, true);
});
