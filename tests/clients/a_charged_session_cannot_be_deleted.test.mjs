import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, fails, insertSession, refund } from './lib/bookings.mjs';
import { balanceOf, statusOf } from './lib/ledger.mjs';
import { newPair } from './lib/people.mjs';

const service = { client: connect(await sign({ role: 'service_role' })) };
const remove = (person, id) => person.client.from('client_sessions').delete().eq('id', id);

test('neither party nor the service deletes it', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  for (const caller of [ann, ben, service]) await fails(remove(caller, session_id), 400, '23001');
  assert.deepEqual([await statusOf(session_id), await balanceOf(ann)], ['scheduled', 40]);
});

test('after its refund it stays too, for the ledger refers to it', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  await fails(remove(ann, session_id), 400, '23001');
});

test('a session that was never charged goes', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  const { status, data } = await remove(ann, id).select('id');
  assert.deepEqual([status, data], [200, [{ id }]]);
});
