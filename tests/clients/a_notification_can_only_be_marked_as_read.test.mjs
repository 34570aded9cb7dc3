import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, daysAhead, fails, refund } from './lib/bookings.mjs';
import { isAdopted, rows } from './lib/database.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const read = (person, type) =>
  person.client.from('notifications').select('title, body, payload').eq('type', type);

test('both parties are told of a booking, in words and as data', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const payload = {
    session_id,
    credits: 60,
    session_date: daysAhead(14),
    start_time: '10:00',
    timezone: 'UTC',
    starts_at: `${daysAhead(14)}T10:00:00+00:00`,
    ends_at: `${daysAhead(14)}T11:00:00+00:00`,
    duration_minutes: 60,
  };
  const told = [
    [ann, 'peer_booking_confirmed_client', 'Session booked', 40, ben],
    [ann, 'peer_credits_deducted', '60 credits spent', 40, ben],
    [ben, 'peer_booking_confirmed_practitioner', 'New peer booking', 60, ann],
    [ben, 'peer_credits_earned', '60 credits earned', 60, ann],
  ];
  for (const [person, type, title, balance_after, other] of told) {
    const {
      data: [message, ...others],
    } = await read(person, type);
    assert.deepEqual([message.title, others], [title, []]);
    assert.ok(message.body.includes(other.name), message.body);
    assert.deepEqual(message.payload, { ...payload, balance_after, other_party_name: other.name });
  }
  assert.equal((await ann.client.from('notifications').select()).data.length, 2);
});

test('both parties are told of a cancellation, with its reason', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id, 'A cold');
  for (const [person, balance_after, other, recipient_role] of [
    [ann, 100, ben, 'client'],
    [ben, 0, ann, 'practitioner'],
  ]) {
    const {
      data: [message, ...others],
    } = await read(person, 'peer_booking_cancelled_refunded');
    assert.deepEqual([message.title, others], ['Session cancelled', []]);
    assert.ok(message.body.includes('A cold'), message.body);
    assert.deepEqual(message.payload, {
      session_id,
      credits: 60,
      balance_after,
      session_date: daysAhead(14),
      start_time: '10:00',
      timezone: 'UTC',
      starts_at: `${daysAhead(14)}T10:00:00+00:00`,
      ends_at: `${daysAhead(14)}T11:00:00+00:00`,
      duration_minutes: 60,
      other_party_name: other.name,
      reason: 'A cold',
      recipient_role,
      cancelled_by: 'client',
      kept_credits: 0,
    });
  }
});

test('she marks hers as read', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const read_at = new Date().toISOString();
  const change = isAdopted ? { read_at, read: true } : { read_at };
  const { data, status } = await ann.client
    .from('notifications')
    .update(change)
    .eq('type', 'peer_credits_deducted')
    .select('read_at');
  assert.deepEqual([status, data.map((row) => Date.parse(row.read_at))], [200, [Date.parse(read_at)]]);
});

test('she changes, adds and deletes nothing else', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const mine = () => ann.client.from('notifications');
  for (const change of [
    { title: 'x' },
    { body: 'x' },
    { payload: {} },
    { recipient_id: ben.id },
    { type: 'peer_credits_earned' },
  ]) {
    await fails(mine().update(change).eq('recipient_id', ann.id), 403, '42501');
  }
  const message = {
    recipient_id: ben.id,
    type: 'peer_credits_earned',
    title: 'x',
    body: 'x',
    ...(isAdopted && { message: 'x' }),
  };
  await fails(mine().insert(message), 403, '42501');
  await mine().delete().eq('recipient_id', ann.id);
  assert.deepEqual(
    await rows(
      `select title from public.notifications where recipient_id in ('${ann.id}', '${ben.id}') order by title`,
    ),
    ['60 credits earned', '60 credits spent', 'New peer booking', 'Session booked'].map((title) => ({
      title,
    })),
  );
});

test("she marks nobody else's", async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  await book(ann, ben);
  const { data } = await cyd.client
    .from('notifications')
    .update({ read_at: new Date().toISOString() })
    .in('recipient_id', [ann.id, ben.id])
    .select('id');
  assert.deepEqual(data, []);
});

test('many are marked at once, her own alone, and she is told how many', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const of_both = await rows(
    `select id from public.notifications where recipient_id in ('${ann.id}', '${ben.id}')`,
  );
  const mark = () => ann.client.rpc('mark_notifications_read', { p_ids: of_both.map(({ id }) => id) });
  for (const expected of [2, 0]) {
    const { data, status } = await mark();
    assert.deepEqual([status, data], [200, expected]);
  }
  const unread = await rows(`
    select recipient_id, ${isAdopted ? 'not read' : 'true'} as says_so
      from public.notifications
     where recipient_id in ('${ann.id}', '${ben.id}') and read_at is null`);
  assert.deepEqual(unread, Array(2).fill({ recipient_id: ben.id, says_so: true }));
});

test('an anonymous caller marks nothing, and a missing or endless list is a fault', async () => {
  const ann = await newPerson();
  const anonymous = connect(await sign({ role: 'anon' }));
  await fails(anonymous.rpc('mark_notifications_read', { p_ids: [] }), 401, '42501');
  await fails(ann.client.rpc('mark_notifications_read', { p_ids: null }), 400, '22004');
  await fails(ann.client.rpc('mark_notifications_read', { p_ids: Array(1001).fill(ann.id) }), 400, '22023');
  const { data } = await ann.client.rpc('mark_notifications_read', { p_ids: Array(1000).fill(ann.id) });
  assert.equal(data, 0);
});
