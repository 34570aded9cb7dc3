import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, booking, refused } from './lib/bookings.mjs';
import { accountOf, statusOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const service = connect(await sign({ role: 'service_role' }));
const deactivate = (person) =>
  service.from('users').update({ is_active: false }).eq('id', person.id).throwOnError();

test('whoever was to be treated gets all credits back and is told', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await deactivate(ben);
  assert.equal(await statusOf(session_id), 'cancelled');
  assert.deepEqual(
    [await accountOf(ann), await accountOf(ben)],
    [
      { balance: 100, owed: 0 },
      { balance: 0, owed: 0 },
    ],
  );
  const { data } = await ann.client
    .from('notifications')
    .select('title')
    .eq('type', 'peer_booking_cancelled_refunded');
  assert.deepEqual(data, [{ title: 'Session cancelled' }]);
});

test('whoever was to treat loses the session, and the one who leaves gets her credits back', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await deactivate(ann);
  assert.equal(await statusOf(session_id), 'cancelled');
  assert.deepEqual(
    [await accountOf(ann), await accountOf(ben)],
    [
      { balance: 100, owed: 0 },
      { balance: 0, owed: 0 },
    ],
  );
});

test('the sessions of others are left alone', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await book(ann, ben);
  await deactivate(cyd);
  assert.equal(await statusOf(session_id), 'scheduled');
  await refused(
    ann.client.rpc('create_peer_booking', booking(ann, cyd, { p_start_time: '15:00' })),
    'PRACTITIONER_INACTIVE',
  );
});
