import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { booking, daysAhead, fails, refused } from './lib/bookings.mjs';
import { execute, isAdopted, rows } from './lib/database.mjs';
import { tracesOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const service = connect(await sign({ role: 'service_role' }));

/** What the application itself inserts when somebody pays with money. */
const paidBooking = (patient, practitioner, changes = {}) => ({
  therapist_id: practitioner.id,
  client_id: patient.id,
  client_name: patient.name,
  client_email: patient.email,
  session_date: daysAhead(14),
  start_time: '10:00',
  duration_minutes: 60,
  session_type: 'massage',
  status: 'scheduled',
  payment_status: 'completed',
  ...(isAdopted && { price: 60, stripe_payment_intent_id: 'pi_1' }),
  ...changes,
});

// On the tables of an empty database only the service makes such bookings; an application has its own policies.
const inserter = (eli) => (isAdopted ? eli.client : service);

test('it is inserted, changed, cancelled and deleted without a credit moving', async () => {
  const [eli, ben] = await Promise.all([newPerson({ role: 'client', credits: 5 }), newPerson()]);
  const {
    data: { id, ...inserted },
    status,
  } = await inserter(eli)
    .from('client_sessions')
    .insert(paidBooking(eli, ben))
    .select('id, status, payment_status')
    .single();
  assert.deepEqual([status, inserted], [201, { status: 'scheduled', payment_status: 'completed' }]);
  for (const change of [
    { start_time: '11:00' },
    { duration_minutes: 45 },
    { payment_status: 'refunded' },
    { status: 'cancelled' },
    { status: 'scheduled' },
  ]) {
    const { data } = await service.from('client_sessions').update(change).eq('id', id).select('id');
    assert.deepEqual(data, [{ id }], JSON.stringify(change));
  }
  assert.deepEqual((await service.from('client_sessions').delete().eq('id', id).select('id')).data, [{ id }]);
  assert.deepEqual(await tracesOf(eli, ben), { sessions: 0, entries: 1, notifications: 0 });
});

test('it keeps a peer booking from its slot, and a peer booking keeps it away', async () => {
  const [ann, ben] = await newPair();
  const eli = await newPerson({ role: 'client' });
  await service.from('client_sessions').insert(paidBooking(eli, ben)).throwOnError();
  await refused(
    ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '10:30' })),
    'SLOT_CONFLICT',
  );
  await ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '11:00' })).throwOnError();
  await fails(
    service.from('client_sessions').insert(paidBooking(eli, ben, { start_time: '11:30' })),
    400,
    '23P01',
  );
});

test('it is never made a peer booking, nor a peer booking made one', async () => {
  const [ann, ben] = await newPair();
  const eli = await newPerson({ role: 'client' });
  const {
    data: { id },
  } = await service.from('client_sessions').insert(paidBooking(eli, ben)).select('id').single();
  await fails(service.from('client_sessions').update({ is_peer_booking: true }).eq('id', id), 400, '23514');
  const {
    data: { session_id },
  } = await ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '12:00' }));
  await fails(
    service.from('client_sessions').update({ is_peer_booking: false }).eq('id', session_id),
    400,
    '23514',
  );
});

test('a person without an account can have one too', async () => {
  const ben = await newPerson();
  await execute(`
    insert into public.client_sessions (therapist_id, client_name, session_date, start_time, duration_minutes)
    values ('${ben.id}', 'A guest', '${daysAhead(14)}', '10:00', 60)`);
  assert.equal(
    (await rows(`select 1 from public.client_sessions where therapist_id = '${ben.id}'`)).length,
    1,
  );
});
