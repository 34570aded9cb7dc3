import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { ask, book, booking, daysAhead, fails, refund, refused, succeed } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { creditsOf, entriesOf, statusOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

const service = { client: connect(await sign({ role: 'service_role' })) };
const accept = (person, session_id) =>
  person.client.rpc('accept_peer_booking', { p_session_id: session_id });

/** What a person was told of requests, the newest last. */
async function told(person) {
  const { data } = await person.client
    .from('notifications')
    .select('type, payload->credits, payload->balance_after')
    .in('type', [
      'peer_booking_requested',
      'peer_booking_declined',
      'peer_booking_withdrawn',
      'peer_booking_expired',
    ])
    .order('created_at');
  return data;
}

/** As if a request had been made so long ago that it has expired. */
const runsOut = (session_id) =>
  execute(`update public.client_sessions set expires_at = now() - interval '1 second' where id = '${session_id}'`);

test('it holds slot and credits, with these keys and no others', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 100 })];
  const reply = await ask(ann, ben);
  assert.deepEqual(Object.entries(reply), [
    ['success', true],
    ['session_id', reply.session_id],
    ['status', 'pending_approval'],
    ['credit_cost', 60],
    ['client_balance_before', 100],
    ['client_balance_after', 40],
    ['practitioner_balance_before', 0],
    ['practitioner_balance_after', 0],
    ['expires_at', reply.expires_at],
    ['replayed', false],
  ]);
  const hours = (new Date(reply.expires_at) - Date.now()) / 3_600_000;
  assert.ok(hours > 47 && hours <= 48.1, reply.expires_at);
  assert.deepEqual(await creditsOf(ann), { balance: 40, held: 60, owed: 0 });
  assert.deepEqual(await told(ben), [{ type: 'peer_booking_requested', credits: 60, balance_after: 0 }]);
  await refused(cyd.client.rpc('create_peer_booking', booking(cyd, ben)), 'SLOT_CONFLICT');
  await refused(
    ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '15:00' })),
    'INSUFFICIENT_CREDITS',
  );
});

test('once under a key, and never for a booking as well', async () => {
  const [ann, ben] = await newPair({ credits: 200 });
  const key = { p_idempotency_key: 'click' };
  const first = await ask(ann, ben, key);
  assert.deepEqual(await ask(ann, ben, key), { ...first, replayed: true });
  await refused(ann.client.rpc('create_peer_booking', booking(ann, ben, key)), 'IDEMPOTENCY_KEY_REUSED');
  assert.deepEqual(await creditsOf(ann), { balance: 140, held: 60, owed: 0 });
});

test('its practitioner finds it and accepts, and it is the booking that would have been made', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await ask(ann, ben);
  for (const [person, can_accept] of [[ann, false], [ben, true]]) {
    const { data } = await person.client.rpc('get_my_peer_sessions', { p_scope: 'upcoming' });
    assert.deepEqual(
      data.sessions.map((session) => [session.session_id, session.status, session.held_credits, session.can_accept]),
      [[session_id, 'pending_approval', 60, can_accept]],
    );
  }
  const reply = await succeed(accept(ben, session_id));
  assert.deepEqual(Object.entries(reply), [
    ['success', true],
    ['session_id', session_id],
    ['status', 'scheduled'],
    ['credit_cost', 60],
    ['client_balance_before', 100],
    ['client_balance_after', 40],
    ['practitioner_balance_before', 0],
    ['practitioner_balance_after', 60],
    ['replayed', false],
  ]);
  assert.deepEqual(await succeed(accept(ben, session_id)), { ...reply, replayed: true });
  assert.deepEqual([await creditsOf(ann), await creditsOf(ben)], [
    { balance: 40, held: 0, owed: 0 },
    { balance: 60, held: 0, owed: 0 },
  ]);
  for (const [person, types] of [
    [ann, ['peer_booking_confirmed_client', 'peer_credits_deducted']],
    [ben, ['peer_booking_confirmed_practitioner', 'peer_booking_requested', 'peer_credits_earned']],
  ]) {
    const { data } = await person.client.from('notifications').select('type');
    assert.deepEqual(data.map(({ type }) => type).sort(), types);
  }
});

test('of ten acceptances at once one books, and all say so', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await ask(ann, ben);
  const replies = await Promise.all(Array.from({ length: 10 }, () => succeed(accept(ben, session_id))));
  assert.equal(replies.filter(({ replayed }) => !replayed).length, 1);
  assert.deepEqual(await creditsOf(ben), { balance: 60, held: 0, owed: 0 });
});

for (const [what, { by, status, tells }] of Object.entries({
  'declined by its practitioner': { by: (ann, ben) => ben, status: 'declined', tells: 'peer_booking_declined' },
  'withdrawn by its client': { by: (ann) => ann, status: 'cancelled', tells: 'peer_booking_withdrawn' },
})) {
  test(`${what}, all is free again and the other one is told`, async () => {
    const [ann, ben] = await newPair();
    const { session_id } = await ask(ann, ben);
    const reply = await succeed(refund(by(ann, ben), session_id));
    assert.deepEqual([reply.refunded_credits, reply.client_new_balance, reply.practitioner_new_balance], [60, 100, 0]);
    assert.equal(await statusOf(session_id), status);
    assert.deepEqual(await creditsOf(ann), { balance: 100, held: 0, owed: 0 });
    const other = by(ann, ben) === ann ? ben : ann;
    assert.equal((await told(other)).at(-1).type, tells);
    await refused(refund(by(ann, ben), session_id), 'ALREADY_CANCELLED');
    await refused(accept(ben, session_id), 'REQUEST_CLOSED');
    await book(ann, ben);
  });
}

test('nobody answered: whoever comes next has slot and credits, without any job', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 100 })];
  const { session_id } = await ask(ann, ben);
  await runsOut(session_id);
  await turnedDown(() => accept(ben, session_id), [ann, ben], {
    error_code: 'REQUEST_EXPIRED',
    error: 'The request has expired',
  });
  await book(cyd, ben);
  await book(ann, ben, { p_start_time: '15:00', p_duration_minutes: 100 });
  assert.equal(await statusOf(session_id), 'expired');
  assert.deepEqual(await creditsOf(ann), { balance: 0, held: 0, owed: 0 });
  for (const person of [ann, ben]) {
    assert.equal((await told(person)).filter(({ type }) => type === 'peer_booking_expired').length, 1);
  }
  assert.deepEqual(
    (await entriesOf(session_id, ann)).map((entry) => entry.transaction_type),
    ['session_hold', 'session_hold_release'],
  );
});

test('by nobody else', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  await fails(cyd.client.rpc('request_peer_booking', booking(ann, ben)), 403, '42501');
  const { session_id } = await ask(ann, ben);
  for (const person of [ann, cyd]) await fails(accept(person, session_id), 403, '42501');
  await fails(accept({ client: connect(await sign({ role: 'anon' })) }, session_id), 401, '42501');
  await succeed(accept(service, session_id));
});

test('what was booked at once is no request', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await turnedDown(() => accept(ben, session_id), [ann, ben], {
    error_code: 'NOT_A_REQUEST',
    error: 'The session was booked, not asked for: there is nothing to accept',
  });
});

test('set by an older client, the status answers a request as the functions do', async () => {
  const [ann, ben] = await newPair({ credits: 200 });
  const set = (person, id, status) =>
    person.client.from('client_sessions').update({ status }).eq('id', id).select('status');
  const { session_id: accepted } = await ask(ann, ben);
  const { session_id: declined } = await ask(ann, ben, { p_session_date: daysAhead(15) });
  await fails(set(ann, accepted, 'scheduled'), 403, '42501');
  assert.deepEqual((await set(ben, accepted, 'scheduled')).data, [{ status: 'scheduled' }]);
  assert.deepEqual((await set(ben, declined, 'declined')).data, [{ status: 'declined' }]);
  assert.deepEqual([await creditsOf(ann), await creditsOf(ben)], [
    { balance: 140, held: 0, owed: 0 },
    { balance: 60, held: 0, owed: 0 },
  ]);
});
