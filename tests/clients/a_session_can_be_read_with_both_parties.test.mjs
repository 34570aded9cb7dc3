import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from './lib/bookings.mjs';
import { newPair } from './lib/people.mjs';

test('by the foreign keys of the session', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  for (const party of [ann, ben]) {
    const { data, error } = await party.client
      .from('client_sessions')
      .select('*, therapist:users!therapist_id(first_name), client:users!client_id(first_name, last_name)');
    assert.equal(error, null);
    const [{ id, therapist, client }] = data;
    assert.deepEqual(
      [id, therapist, client],
      [session_id, { first_name: 'Ben' }, { first_name: 'Ann', last_name: ann.name.slice(4) }],
    );
  }
});

test('and a person with the sessions she gives', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const { data, error } = await ann.client
    .from('users')
    .select('first_name, client_sessions!therapist_id(id)')
    .eq('id', ben.id)
    .single();
  assert.deepEqual([error, data], [null, { first_name: 'Ben', client_sessions: [{ id: session_id }] }]);
});
