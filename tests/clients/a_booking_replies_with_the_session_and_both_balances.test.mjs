import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, booking, daysAhead, succeed } from './lib/bookings.mjs';
import { entriesOf } from './lib/ledger.mjs';
import { newPair, newProduct } from './lib/people.mjs';

test('the reply has these keys and no others, whoever of the three may ask', async (t) => {
  const service = connect(await sign({ role: 'service_role' }));
  const callers = { 'the client herself': (ann) => ann.client, 'the service': () => service };
  for (const [who, caller] of Object.entries(callers)) {
    await t.test(who, async () => {
      const [ann, ben] = await newPair();
      const reply = await succeed(caller(ann).rpc('create_peer_booking', booking(ann, ben)));
      assert.match(reply.session_id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.deepEqual(Object.entries(reply), [
        ['success', true],
        ['session_id', reply.session_id],
        ['status', 'scheduled'],
        ['credit_cost', 60],
        ['client_balance_before', 100],
        ['client_balance_after', 40],
        ['practitioner_balance_before', 0],
        ['practitioner_balance_after', 60],
        ['replayed', false],
      ]);
    });
  }
});

test('both parties read the session as it was booked', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben, { p_notes: 'Left shoulder' });
  for (const party of [ann, ben]) {
    const { data } = await party.client
      .from('client_sessions')
      .select(
        'id, therapist_id, client_id, client_name, client_email, session_date, start_time, duration_minutes, ' +
          'session_type, notes, status, payment_status, is_peer_booking, credit_cost',
      )
      .single();
    assert.deepEqual(data, {
      id: session_id,
      therapist_id: ben.id,
      client_id: ann.id,
      client_name: ann.name,
      client_email: ann.email,
      session_date: daysAhead(14),
      start_time: '10:00:00',
      duration_minutes: 60,
      session_type: 'massage',
      notes: 'Left shoulder',
      status: 'scheduled',
      payment_status: 'paid',
      is_peer_booking: true,
      credit_cost: 60,
    });
  }
});

test('the ledger has the payment and the earning', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  assert.deepEqual(await entriesOf(session_id, ann), [
    { transaction_type: 'session_payment', amount: 60, balance_before: 100, balance_after: 40 },
  ]);
  assert.deepEqual(await entriesOf(session_id, ben), [
    { transaction_type: 'session_earning', amount: 60, balance_before: 0, balance_after: 60 },
  ]);
});

test('a product decides over price and duration', async () => {
  const [ann, ben] = await newPair();
  const product = await newProduct(ben, { duration_minutes: 30, credit_cost: 25 });
  const reply = await book(ann, ben, { p_product_id: product, p_duration_minutes: 60 });
  assert.equal(reply.credit_cost, 25);
  const { data } = await ann.client.from('client_sessions').select('duration_minutes, credit_cost').single();
  assert.deepEqual(data, { duration_minutes: 30, credit_cost: 25 });
});
