import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, booking, charge, fails, insertSession, refund } from './lib/bookings.mjs';
import { rows } from './lib/database.mjs';
import { statusOf, tracesOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

test('a stranger can neither book, charge nor refund for others', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson({ credits: 100 })];
  const { session_id } = await book(ann, ben);
  const { id } = await insertSession(ann, ben, { start_time: '12:00' });
  const before = await tracesOf(ann, ben, cyd);
  await fails(
    cyd.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '15:00' })),
    403,
    '42501',
  );
  await fails(charge({ ...ann, client: cyd.client }, ben, id), 403, '42501');
  await fails(refund(cyd, session_id), 403, '42501');
  assert.deepEqual(await tracesOf(ann, ben, cyd), before);
  assert.equal(await statusOf(session_id), 'scheduled');
});

test('a practitioner books nobody with herself', async () => {
  const [ann, ben] = await newPair();
  await fails(ben.client.rpc('create_peer_booking', booking(ann, ben)), 403, '42501');
});

test('a practitioner charges nobody', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  await fails(charge({ ...ann, client: ben.client }, ben, id), 403, '42501');
});

test('a stranger sees neither the session nor its money', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await book(ann, ben);
  const seen = await Promise.all([
    cyd.client.from('client_sessions').select().eq('id', session_id),
    cyd.client.from('credit_transactions').select().eq('session_id', session_id),
    cyd.client.from('credits').select().in('user_id', [ann.id, ben.id]),
    cyd.client.from('notifications').select().in('recipient_id', [ann.id, ben.id]),
  ]);
  assert.deepEqual(
    seen.map(({ status, data }) => [status, data]),
    Array(4).fill([200, []]),
  );
});

test('a stranger changes and deletes nothing', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { id } = await insertSession(ann, ben);
  const changed = await cyd.client
    .from('client_sessions')
    .update({ status: 'cancelled' })
    .eq('id', id)
    .select();
  const deleted = await cyd.client.from('client_sessions').delete().eq('id', id).select();
  assert.deepEqual([changed.data, deleted.data], [[], []]);
  assert.equal(await statusOf(id), 'scheduled');
});

const tokens = {
  'a token that names nobody': [{ role: 'authenticated' }, 403, '42501'],
  'a token whose sub is no id': [{ role: 'authenticated', sub: 'ann' }, 403, '42501'],
  'a token of a role that is none': [{ role: 'nobody', sub: 'ann' }, 400, '22023'],
};
for (const [what, [claims, status, code]] of Object.entries(tokens)) {
  test(`${what} books nothing`, async () => {
    const [ann, ben] = await newPair();
    await fails(connect(await sign(claims)).rpc('create_peer_booking', booking(ann, ben)), status, code);
    assert.equal((await tracesOf(ann)).sessions, 0);
  });
}

test('an expired token is refused before anything happens', async () => {
  const [ann, ben] = await newPair();
  // Long ago by any clock: this client's and PostgREST's may differ.
  const expired = connect(await sign({ sub: ann.id, role: 'authenticated' }, new Date('2020-01-01')));
  const error = await fails(expired.rpc('create_peer_booking', booking(ann, ben)), 401, 'PGRST301');
  assert.equal(error.message, 'JWT expired');
});

test('a token that somebody else signed is refused', async () => {
  const [ann, ben] = await newPair();
  const forged = `${(await sign({ sub: ann.id, role: 'authenticated' })).slice(0, -4)}AAAA`;
  await fails(connect(forged).rpc('create_peer_booking', booking(ann, ben)), 401, 'PGRST301');
});

test('the service acts for anybody', async () => {
  const service = { client: connect(await sign({ role: 'service_role' })) };
  const [ann, ben] = await newPair();
  const booked = await service.client.rpc('create_peer_booking', booking(ann, ben));
  assert.equal(booked.data.success, true);
  const { id } = await insertSession(ann, ben, { start_time: '12:00', duration_minutes: 30 });
  assert.equal((await charge({ ...ann, ...service }, ben, id)).data.success, true);
  assert.equal((await refund(service, id)).data.success, true);
  assert.equal(
    (await rows(`select 1 from public.credit_transactions where user_id = '${ann.id}'`)).length,
    4,
  );
});

test('what is not for clients is not within their reach', async () => {
  const service = connect(await sign({ role: 'service_role' }));
  for (const client of [service, (await newPerson()).client]) {
    await fails(client.schema('peer_exchange').rpc('verify_ledger'), 406, 'PGRST106');
    await fails(client.rpc('grant_credits', { p_user_id: null }), 404, 'PGRST202');
  }
});
