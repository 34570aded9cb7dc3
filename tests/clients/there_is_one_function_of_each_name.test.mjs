import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booking, charge, insertSession, refund, succeed } from './lib/bookings.mjs';
import { database, rows } from './lib/database.mjs';
import { newPair } from './lib/people.mjs';

// Beside an older overload, PostgREST answers PGRST203: it can't choose between the two.
test('so PostgREST can choose, with and without the optional arguments', async () => {
  const [ann, ben] = await newPair({ credits: 400 });
  for (const optional of [
    {},
    { p_notes: null },
    { p_notes: 'Soft', p_product_id: null, p_idempotency_key: 'all' },
  ]) {
    const hour = 10 + Object.keys(optional).length;
    await succeed(
      ann.client.rpc('create_peer_booking', booking(ann, ben, { ...optional, p_start_time: `${hour}:00` })),
    );
  }
  for (const [start_time, optional] of Object.entries({ '15:00': {}, '16:00': { p_product_id: null } })) {
    const { id } = await insertSession(ann, ben, { start_time });
    await succeed(charge(ann, ben, id, optional));
    await succeed(
      optional.p_product_id === null
        ? refund(ann, id)
        : ann.client.rpc('process_peer_booking_refund', { p_session_id: id }),
    );
  }
  for (const optional of [{}, { p_product_id: null }]) {
    const quote = await ann.client.rpc('get_practitioner_credit_cost', {
      p_practitioner_id: ben.id,
      p_duration_minutes: 60,
      ...optional,
    });
    assert.deepEqual([quote.status, quote.data], [200, 60]);
  }
});

test('the older ones are kept out of sight', async () => {
  const functions = await rows(`
    select pronamespace::regnamespace::text as schema, proname as name, count(*)::integer as overloads
      from pg_proc
     where proname in ('create_peer_booking', 'process_peer_booking_credits', 'process_peer_booking_refund',
                       'get_practitioner_credit_cost', 'get_credit_statement', 'get_balance_history', 'get_my_peer_sessions', 'mark_notifications_read',
                       'reschedule_peer_booking', 'request_peer_booking', 'accept_peer_booking', 'complete_peer_session',
                       'rate_peer_session', 'report_peer_no_show')
       and pronamespace::regnamespace::text <> 'peer_exchange'
     group by 1, 2 order by 1, 2`);
  const overloads = {
    empty: {},
    adopted: { get_practitioner_credit_cost: 1, process_peer_booking_credits: 2, process_peer_booking_refund: 1 },
    settling: { get_practitioner_credit_cost: 1, process_peer_booking_credits: 1, process_peer_booking_refund: 1 },
  }[database];
  const older = Object.entries(overloads).map(([name, overloads]) => ({
    schema: 'peer_exchange_legacy',
    name,
    overloads,
  }));
  assert.deepEqual(functions, [
    ...older,
    { schema: 'public', name: 'accept_peer_booking', overloads: 1 },
    { schema: 'public', name: 'complete_peer_session', overloads: 1 },
    { schema: 'public', name: 'create_peer_booking', overloads: 1 },
    { schema: 'public', name: 'get_balance_history', overloads: 1 },
    { schema: 'public', name: 'get_credit_statement', overloads: 1 },
    { schema: 'public', name: 'get_my_peer_sessions', overloads: 1 },
    { schema: 'public', name: 'get_practitioner_credit_cost', overloads: 1 },
    { schema: 'public', name: 'mark_notifications_read', overloads: 1 },
    // The application's own, of one argument, can be told from ours.
    { schema: 'public', name: 'process_peer_booking_credits', overloads: database === 'settling' ? 2 : 1 },
    { schema: 'public', name: 'process_peer_booking_refund', overloads: 1 },
    { schema: 'public', name: 'rate_peer_session', overloads: 1 },
    { schema: 'public', name: 'report_peer_no_show', overloads: 1 },
    { schema: 'public', name: 'request_peer_booking', overloads: 1 },
    { schema: 'public', name: 'reschedule_peer_booking', overloads: 1 },
  ]);
});
