import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  book,
  booking,
  charge,
  fails,
  insertSession,
  refund,
  refused,
  session,
  succeed,
} from './lib/bookings.mjs';
import { rows } from './lib/database.mjs';
import { balanceOf, statusOf, tracesOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

test('inserted, then charged: the reply is that of a booking', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  assert.deepEqual(
    await tracesOf(ann, ben),
    { sessions: 1, entries: 1, notifications: 0 },
    'nothing is charged yet',
  );
  assert.deepEqual(Object.entries(await succeed(charge(ann, ben, id))), [
    ['success', true],
    ['session_id', id],
    ['status', 'scheduled'],
    ['credit_cost', 60],
    ['client_balance_before', 100],
    ['client_balance_after', 40],
    ['practitioner_balance_before', 0],
    ['practitioner_balance_after', 60],
    ['replayed', false],
  ]);
  const { data } = await ann.client
    .from('client_sessions')
    .select('status, payment_status, credit_cost')
    .single();
  assert.deepEqual(data, { status: 'scheduled', payment_status: 'paid', credit_cost: 60 });
  assert.deepEqual(await tracesOf(ann, ben), { sessions: 1, entries: 3, notifications: 4 });
});

test('charged again, the reply is the first one and nothing moves', async () => {
  const [ann, ben] = await newPair({ credits: 200 });
  const { id } = await insertSession(ann, ben);
  const first = await succeed(charge(ann, ben, id));
  assert.deepEqual(await succeed(charge(ann, ben, id)), { ...first, replayed: true });
  assert.equal(await balanceOf(ann), 140);
});

test('charged five times at once, it is paid once', async () => {
  const [ann, ben] = await newPair({ credits: 600 });
  const { id } = await insertSession(ann, ben);
  const replies = await Promise.all(Array.from({ length: 5 }, () => succeed(charge(ann, ben, id))));
  assert.deepEqual(replies.map((reply) => reply.replayed).sort(), [false, true, true, true, true]);
  assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [540, 60]);
});

test('the price that the client wrote into the row counts for nothing', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben, { credit_cost: 1 });
  assert.equal((await succeed(charge(ann, ben, id))).credit_cost, 60);
});

test('the time that the row takes is charged, whatever duration the call names', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben, { duration_minutes: 90 });
  assert.equal((await succeed(charge(ann, ben, id, { p_duration_minutes: 1 }))).credit_cost, 90);
});

test('with too few credits it is refused; the client then deletes the row, as older clients do', async () => {
  const [ann, ben] = await newPair({ credits: 59 });
  const { id } = await insertSession(ann, ben);
  assert.deepEqual(await refused(charge(ann, ben, id), 'INSUFFICIENT_CREDITS'), {
    success: false,
    error_code: 'INSUFFICIENT_CREDITS',
    error: 'Insufficient credits. Required: 60, Available: 59',
    details: { required: 60, available: 59 },
    credit_cost: 60,
  });
  const { status, data } = await ann.client.from('client_sessions').delete().eq('id', id).select('id');
  assert.deepEqual([status, data], [200, [{ id }]]);
  assert.deepEqual(await tracesOf(ben), { sessions: 0, entries: 0, notifications: 0 });
  const cyd = await newPerson({ credits: 60 });
  await book(cyd, ben);
});

test('a session that takes a taken slot is not even inserted', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 60 })];
  await book(ann, ben);
  await fails(
    cyd.client.from('client_sessions').insert(session(cyd, ben, { start_time: '10:59' })),
    400,
    '23P01',
  );
  await insertSession(cyd, ben, { start_time: '11:00' });
});

test('an inserted session holds its slot against a booking', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 60 })];
  await insertSession(ann, ben);
  await refused(cyd.client.rpc('create_peer_booking', booking(cyd, ben)), 'SLOT_CONFLICT');
});

test('a session in the name of somebody else is not inserted', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  for (const caller of [ben, cyd]) {
    await fails(caller.client.from('client_sessions').insert(session(ann, ben)), 403, '42501');
  }
  assert.deepEqual(await rows(`select id from public.client_sessions where client_id = '${ann.id}'`), []);
});

test('a session handed over to somebody else afterwards is not either', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { id } = await insertSession(cyd, ben);
  for (const change of [{ client_id: ann.id }, { therapist_id: ann.id }, { is_peer_booking: false }]) {
    const { error, status } = await cyd.client.from('client_sessions').update(change).eq('id', id);
    assert.ok(status >= 400 && error, JSON.stringify(change));
  }
  const { data } = await cyd.client
    .from('client_sessions')
    .select('client_id, therapist_id, is_peer_booking')
    .single();
  assert.deepEqual(data, { client_id: cyd.id, therapist_id: ben.id, is_peer_booking: true });
});

test('refunded, and refunded again', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  await succeed(charge(ann, ben, id));
  assert.equal((await succeed(refund(ann, id))).refunded_credits, 60);
  assert.equal((await refused(refund(ann, id), 'ALREADY_CANCELLED')).refunded_credits, 0);
  assert.equal(await balanceOf(ann), 100);
});

test('a cancelled session can no longer be charged', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  await succeed(refund(ann, id));
  const { data } = await charge(ann, ben, id);
  assert.equal(data.success, false);
  assert.equal(await balanceOf(ann), 100);
  assert.equal(await statusOf(id), 'cancelled');
});

test('a session that awaits its payment becomes scheduled when it is charged', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben, { status: 'pending_payment' });
  assert.equal((await succeed(charge(ann, ben, id))).status, 'scheduled');
  assert.equal(await statusOf(id), 'scheduled');
});
