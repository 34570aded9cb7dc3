import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, fails, insertSession, refund, refused } from './lib/bookings.mjs';
import { database, execute } from './lib/database.mjs';
import { balanceOf, entriesOf, statusOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const service = { client: connect(await sign({ role: 'service_role' })) };
const cancel = (person, id, changes = {}) =>
  person.client
    .from('client_sessions')
    .update({ status: 'cancelled', ...changes })
    .eq('id', id)
    .select('status');

for (const [who, caller] of Object.entries({
  'the client': (ann) => ann,
  'the practitioner': (ann, ben) => ben,
  'the service': () => service,
})) {
  test(`set by ${who}, in the same transaction and with the same notices`, async () => {
    const [ann, ben] = await newPair();
    const { session_id } = await book(ann, ben);
    const { data, status } = await cancel(caller(ann, ben), session_id, { cancellation_reason: 'Ill' });
    assert.deepEqual([status, data], [200, [{ status: 'cancelled' }]]);
    assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [100, 0]);
    assert.deepEqual(
      (await entriesOf(session_id, ann)).map((entry) => entry.transaction_type),
      ['session_payment', 'refund'],
    );
    for (const party of [ann, ben]) {
      const { data: notices } = await party.client
        .from('notifications')
        .select('payload->>reason, payload->>credits')
        .eq('type', 'peer_booking_cancelled_refunded');
      assert.deepEqual(notices, [{ reason: 'Ill', credits: '60' }]);
    }
  });
}

test('set a second time it changes nothing, and the function has nothing left to refund', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await cancel(ann, session_id);
  assert.equal((await cancel(ann, session_id)).status, 200);
  await refused(refund(ann, session_id), 'ALREADY_CANCELLED');
  assert.equal(await balanceOf(ann), 100);
});

test('refunded first and set to cancelled then, as older clients do it, it refunds once', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  assert.equal((await cancel(ann, session_id, { cancelled_at: new Date().toISOString() })).status, 200);
  assert.equal(await balanceOf(ann), 100);
});

test('a cancelled session does not come back', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await cancel(ann, session_id);
  await fails(
    ann.client.from('client_sessions').update({ status: 'scheduled' }).eq('id', session_id),
    400,
    '23514',
  );
  assert.equal(await statusOf(session_id), 'cancelled');
});

test('on a session that was never charged nothing moves', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  assert.equal((await cancel(ann, id)).status, 200);
  assert.equal(await balanceOf(ann), 100);
});

test('the slot is free again', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 60 })];
  await cancel(ann, (await book(ann, ben)).session_id);
  await book(cyd, ben);
});

test('nobody refunds a session that took place', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await execute(`update public.client_sessions set status = 'completed' where id = '${session_id}'`);
  await fails(cancel(ann, session_id), 400, '23514');
  assert.deepEqual([await balanceOf(ann), await statusOf(session_id)], [40, 'completed']);
});

test('no other status is a way around it, nor is a change of what was paid or to whom', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await book(ann, ben);
  const changes = [
    { status: 'expired' },
    { status: 'declined' },
    { status: 'pending_payment' },
    { status: 'completed' },
    { credit_cost: 0 },
    { payment_status: 'refunded' },
    { duration_minutes: 15 },
    { is_peer_booking: false },
    { start_time: '11:00' },
  ];
  // An application that settles by itself defends these two before our guard is asked.
  const isDefended = (change) =>
    database === 'settling' && ('credit_cost' in change || 'payment_status' in change);
  for (const change of changes) {
    for (const party of [ann, ben]) {
      const code = isDefended(change) ? 'P0001' : '23514';
      await fails(party.client.from('client_sessions').update(change).eq('id', session_id), 400, code);
    }
  }
  for (const change of [{ client_id: cyd.id }, { therapist_id: cyd.id }]) {
    await fails(service.client.from('client_sessions').update(change).eq('id', session_id), 400, '23514');
  }
  assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [40, 60]);
});

test('a note may be changed by either party', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  for (const party of [ann, ben]) {
    const { data, status } = await party.client
      .from('client_sessions')
      .update({ notes: 'Bring a towel' })
      .eq('id', session_id)
      .select('notes');
    assert.deepEqual([status, data], [200, [{ notes: 'Bring a towel' }]]);
  }
});
