import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, booking, charge, fails, refund, session } from './lib/bookings.mjs';
import { isAdopted } from './lib/database.mjs';
import { statusOf, tracesOf } from './lib/ledger.mjs';
import { newPair } from './lib/people.mjs';

// Supabase's anon key is a token; a request may come without any, too.
const callers = {
  'with the anon key': connect(await sign({ role: 'anon' })),
  'without a token': connect('none', (address, request) => {
    const headers = new Headers(request.headers);
    headers.delete('Authorization');
    return fetch(address, { ...request, headers });
  }),
};

for (const [how, client] of Object.entries(callers)) {
  test(`no function, ${how}`, async () => {
    const [ann, ben] = await newPair();
    const { session_id } = await book(ann, ben);
    const before = await tracesOf(ann, ben);
    const quote = { p_practitioner_id: ben.id, p_duration_minutes: 60 };
    const answers = [
      client.rpc('get_practitioner_credit_cost', quote),
      client.rpc('get_practitioner_credit_cost', quote, { get: true }),
      client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '15:00' })),
      client.rpc('quote_peer_booking', booking(ann, ben, { p_start_time: '15:00' }), { get: true }),
      client.rpc('get_available_slots', { p_practitioner_id: ben.id, p_from: '2030-01-01', p_to: '2030-01-02' }),
      client.rpc('search_peer_practitioners', { p_query: 'Ben' }),
      client.rpc('search_peer_practitioners', {}, { get: true }),
      charge({ ...ann, client }, ben, session_id),
      refund({ client }, session_id),
    ];
    for (const answer of answers) await fails(answer, 401, '42501');
    assert.deepEqual(await tracesOf(ann, ben), before);
    assert.equal(await statusOf(session_id), 'scheduled');
  });

  test(`no row is seen, ${how}`, async () => {
    const [ann, ben] = await newPair();
    await book(ann, ben);
    for (const table of ['client_sessions', 'credits', 'credit_transactions', 'notifications']) {
      const { data, status } = await client.from(table).select();
      // Supabase grants tables to anon, and row-level security leaves nothing of them.
      assert.deepEqual([status, data], isAdopted ? [200, []] : [401, null], table);
    }
  });

  test(`no row is written, ${how}`, async () => {
    const [ann, ben] = await newPair();
    const before = await tracesOf(ann, ben);
    await fails(client.from('client_sessions').insert(session(ann, ben)), 401, '42501');
    await fails(client.from('credits').insert({ user_id: ben.id, balance: 1000 }), 401, '42501');
    await fails(client.from('credits').update({ balance: 1000 }).eq('user_id', ann.id), 401, '42501');
    await fails(client.from('credit_transactions').delete().eq('user_id', ann.id), 401, '42501');
    assert.deepEqual(await tracesOf(ann, ben), before);
  });
}
