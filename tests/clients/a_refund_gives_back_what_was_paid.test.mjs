import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, fails, insertSession, refund, refused, succeed } from './lib/bookings.mjs';
import { execute, rows } from './lib/database.mjs';
import { accountOf, entriesOf, statusOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const service = { client: connect(await sign({ role: 'service_role' })) };

for (const [who, caller] of Object.entries({
  'the client': (ann) => ann,
  'the practitioner': (ann, ben) => ben,
  'the service': () => service,
})) {
  test(`asked for by ${who}, with these keys and no others`, async () => {
    const [ann, ben] = await newPair();
    const { session_id } = await book(ann, ben);
    const reply = await succeed(refund(caller(ann, ben), session_id));
    assert.deepEqual(Object.entries(reply), [
      ['success', true],
      ['session_id', session_id],
      ['refunded_credits', 60],
      ['refund_percent', 100],
      ['credits_were_deducted', true],
      ['client_new_balance', 100],
      ['practitioner_new_balance', 0],
      ['practitioner_owes', 0],
    ]);
    assert.equal(await statusOf(session_id), 'cancelled');
  });
}

test('the ledger has the refund and the reversal', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(refund(ann, session_id));
  assert.deepEqual((await entriesOf(session_id, ann))[1], {
    transaction_type: 'refund',
    amount: 60,
    balance_before: 40,
    balance_after: 100,
  });
  assert.deepEqual((await entriesOf(session_id, ben))[1], {
    transaction_type: 'session_earning_reversal',
    amount: 60,
    balance_before: 60,
    balance_after: 0,
  });
});

test('the session says who cancelled it and why', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(refund(ben, session_id, 'Water in the practice'));
  const { data } = await ann.client
    .from('client_sessions')
    .select('status, payment_status, cancelled_by, cancellation_reason')
    .single();
  assert.deepEqual(data, {
    status: 'cancelled',
    payment_status: 'refunded',
    cancelled_by: ben.id,
    cancellation_reason: 'Water in the practice',
  });
});

test('the reason may be left out', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(ann.client.rpc('process_peer_booking_refund', { p_session_id: session_id }));
  const { data } = await ann.client.from('client_sessions').select('cancellation_reason').single();
  assert.equal(data.cancellation_reason, 'Session cancelled');
});

test('of two at once, one is refunded', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const answers = await Promise.all([ann, ben, ann, ben].map((party) => refund(party, session_id)));
  assert.deepEqual(answers.map(({ data }) => data.error_code ?? 'refunded').sort(), [
    ...Array(3).fill('ALREADY_CANCELLED'),
    'refunded',
  ]);
  assert.deepEqual(await accountOf(ann), { balance: 100, owed: 0 });
});

test('what the practitioner has spent meanwhile is owed, and taken from what comes next', async () => {
  const [ann, ben] = await newPair();
  const cyd = await newPerson();
  const { session_id } = await book(ann, ben);
  await book(ben, cyd, { p_start_time: '12:00', p_duration_minutes: 50 });
  const reply = await succeed(refund(ann, session_id));
  assert.deepEqual(
    [
      reply.refunded_credits,
      reply.client_new_balance,
      reply.practitioner_new_balance,
      reply.practitioner_owes,
    ],
    [60, 100, 0, 50],
  );
  const next = await book(ann, ben);
  assert.deepEqual([next.practitioner_balance_before, next.practitioner_balance_after], [0, 10]);
  assert.deepEqual(await accountOf(ben), { balance: 10, owed: 0 });
});

test('a session that was never charged is cancelled and nothing moves', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  assert.deepEqual(await succeed(refund(ann, id)), {
    success: true,
    session_id: id,
    refunded_credits: 0,
    refund_percent: 100,
    credits_were_deducted: false,
    client_new_balance: 100,
    practitioner_new_balance: 0,
    practitioner_owes: 0,
  });
  assert.equal(await statusOf(id), 'cancelled');
});

test("in part where the client cancels under a policy, in full where the practitioner does", async () => {
  const policy = (ben) =>
    execute(`
    insert into public.cancellation_policies
           (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, no_refund_hours)
    values ('${ben.id}', ${24 * 30}, ${24 * 7}, 50, ${24 * 7})`);
  const [ann, ben] = await newPair();
  await policy(ben);
  const first = await book(ann, ben);
  const half = await succeed(refund(ann, first.session_id));
  assert.deepEqual(
    [half.refunded_credits, half.refund_percent, half.client_new_balance, half.practitioner_new_balance],
    [30, 50, 70, 30],
  );
  const second = await book(ann, ben);
  const all = await succeed(refund(ben, second.session_id));
  assert.deepEqual(
    [all.refunded_credits, all.refund_percent, all.client_new_balance, all.practitioner_new_balance],
    [60, 100, 70, 30],
  );
});

test('a wrong credit_cost on the session changes nothing', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const raise = service.client.from('client_sessions').update({ credit_cost: 6000 }).eq('id', session_id);
  await fails(raise, 400, '23514');
  assert.equal((await succeed(refund(ann, session_id))).refunded_credits, 60);
});

test('a repeated refund says what was given back before', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(refund(ben, session_id));
  assert.deepEqual((await refused(refund(ann, session_id), 'ALREADY_CANCELLED')).details, {
    refunded_credits: 60,
  });
  assert.equal(
    (await rows(`select 1 from public.credit_transactions where session_id = '${session_id}'`)).length,
    4,
  );
});
