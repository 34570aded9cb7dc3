import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, refund } from './lib/bookings.mjs';
import { isAdopted } from './lib/database.mjs';
import { newPair } from './lib/people.mjs';

test('the balance and what was earned and spent in all', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const seen = await Promise.all(
    [ann, ben].map(({ client }) =>
      client.from('credits').select('user_id, balance, total_earned, total_spent, owed'),
    ),
  );
  assert.deepEqual(
    seen.map(({ data }) => data),
    [
      [{ user_id: ann.id, balance: 40, total_earned: 100, total_spent: 60, owed: 0 }],
      [{ user_id: ben.id, balance: 60, total_earned: 60, total_spent: 0, owed: 0 }],
    ],
  );
});

// Clients of the older generation read this column.
test('current_balance is the balance where the application has it', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const { data, status } = await ann.client
    .from('credits')
    .select('balance, current_balance')
    .eq('user_id', ann.id)
    .maybeSingle();
  if (isAdopted) assert.deepEqual([status, data], [200, { balance: 40, current_balance: 40 }]);
  else assert.deepEqual([status, data], [400, null], 'an empty database has no such column');
});

test('every entry of the ledger that is hers, newest first', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  const { data } = await ann.client
    .from('credit_transactions')
    .select('transaction_type, amount, balance_after, session_id')
    .order('created_at', { ascending: false });
  assert.deepEqual(data, [
    { transaction_type: 'refund', amount: 60, balance_after: 100, session_id },
    { transaction_type: 'session_payment', amount: 60, balance_after: 40, session_id },
    { transaction_type: 'bonus', amount: 100, balance_after: 100, session_id: null },
  ]);
});

test('a person who never had credits reads none, and has a balance as soon as she earns', async () => {
  const [ann, ben] = await newPair();
  assert.deepEqual((await ben.client.from('credits').select()).data, []);
  await book(ann, ben);
  assert.equal((await ben.client.from('credits').select('balance').single()).data.balance, 60);
});
