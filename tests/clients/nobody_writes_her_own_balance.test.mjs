import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fails } from './lib/bookings.mjs';
import { isAdopted } from './lib/database.mjs';
import { balanceOf, tracesOf } from './lib/ledger.mjs';
import { newPerson } from './lib/people.mjs';

const columns = isAdopted
  ? ['balance', 'current_balance', 'total_earned', 'owed']
  : ['balance', 'total_earned', 'owed'];

test('not by changing it', async () => {
  const ann = await newPerson({ credits: 10 });
  for (const column of columns) {
    await fails(
      ann.client
        .from('credits')
        .update({ [column]: 1000 })
        .eq('user_id', ann.id),
      403,
      '42501',
    );
  }
  assert.equal(await balanceOf(ann), 10);
});

test('not by inserting a first or a second one', async () => {
  const [ann, ben] = await Promise.all([newPerson({ credits: 10 }), newPerson()]);
  for (const person of [ann, ben]) {
    await fails(person.client.from('credits').insert({ user_id: person.id, balance: 1000 }), 403, '42501');
  }
  assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [10, 0]);
});

test('not by an upsert', async () => {
  const [ann, ben] = await Promise.all([newPerson({ credits: 10 }), newPerson()]);
  for (const person of [ann, ben]) {
    const upsert = person.client
      .from('credits')
      .upsert({ user_id: person.id, balance: 1000 }, { onConflict: 'user_id' });
    await fails(upsert, 403, '42501');
  }
  assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [10, 0]);
});

test('not by deleting what she owes with it', async () => {
  const ann = await newPerson({ credits: 10 });
  await fails(ann.client.from('credits').delete().eq('user_id', ann.id), 403, '42501');
  assert.equal(await balanceOf(ann), 10);
});

test('not by an entry in the ledger, nor by a change of one', async () => {
  const ann = await newPerson({ credits: 10 });
  const entries = ann.client.from('credit_transactions');
  const entry = {
    user_id: ann.id,
    transaction_type: 'bonus',
    amount: 1000,
    balance_before: 10,
    balance_after: 1010,
  };
  await fails(entries.insert(entry), 403, '42501');
  await fails(entries.update({ amount: 1000 }).eq('user_id', ann.id), 403, '42501');
  await fails(entries.delete().eq('user_id', ann.id), 403, '42501');
  assert.deepEqual(await tracesOf(ann), { sessions: 0, entries: 1, notifications: 0 });
});
