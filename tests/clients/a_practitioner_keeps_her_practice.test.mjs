import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, book, booking, daysAhead, fails, refused, succeed } from './lib/bookings.mjs';
import { isAdopted } from './lib/database.mjs';
import { newPair, newPerson, newProduct } from './lib/people.mjs';

const practiceOf = (person, how) => succeed(person.client.rpc('get_my_practice', {}, how));
const publish = (person, p_working_hours, p_timezone = null) =>
  person.client.rpc('set_working_hours', { p_working_hours, p_timezone });

test('she publishes her hours, and is told what stays as it was booked', async () => {
  const [ann, ben] = await newPair({ credits: 200 });
  const { session_id } = await book(ann, ben);
  const weekday = new Date(`${daysAhead(14)}T00:00Z`)
    .toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    .toLowerCase();
  const hours = { [weekday]: { enabled: true, hours: [{ start: '12:00', end: '14:00' }] } };
  const published = await succeed(publish(ben, hours, 'UTC'));
  assert.deepEqual(Object.keys(published), ['success', 'timezone', 'working_hours', 'sessions_outside']);
  assert.deepEqual(
    published.sessions_outside.map((session) => [session.session_id, session.counterpart.name]),
    [[session_id, ann.name]],
  );
  await refused(
    ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '15:00' })),
    'OUTSIDE_WORKING_HOURS',
  );
  // What is read can be published again.
  const { working_hours, timezone } = await practiceOf(ben);
  assert.deepEqual(working_hours[weekday], hours[weekday]);
  assert.deepEqual((await succeed(publish(ben, working_hours, timezone))).working_hours, working_hours);
  await succeed(publish(ben, { ...working_hours, exceptions: { [daysAhead(14)]: [] } }));
  await refused(
    ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: '12:00' })),
    'OUTSIDE_WORKING_HOURS',
  );
});

test('she blocks a time and takes it back', async () => {
  const [ann, ben] = await newPair();
  const blocked = await succeed(
    ben.client.rpc('block_time', {
      p_starts_at: `${daysAhead(14)}T09:00:00Z`,
      p_ends_at: `${daysAhead(14)}T12:00:00Z`,
      p_title: 'Training',
    }),
  );
  await refused(ann.client.rpc('create_peer_booking', booking(ann, ben)), 'PRACTITIONER_BLOCKED');
  assert.deepEqual(
    (await practiceOf(ben)).blocks.map(({ event_id, title }) => [event_id, title]),
    [[blocked.event_id, 'Training']],
  );
  const unblock = (person) => person.client.rpc('unblock_time', { p_event_id: blocked.event_id });
  await refused(unblock(ann), 'BLOCK_NOT_FOUND');
  await succeed(unblock(ben));
  await refused(unblock(ben), 'BLOCK_NOT_FOUND');
  await book(ann, ben);
});

test('she sets what cancelling costs, what she offers and how she is found', async () => {
  const [ann, ben] = await newPair();
  const set = (full, part, percent) =>
    ben.client.rpc('set_cancellation_policy', {
      p_full_refund_hours: full,
      p_partial_refund_hours: part,
      p_partial_refund_percent: percent,
    });
  await succeed(set(24 * 30, 24, 50));
  const { session_id } = await book(ann, ben);
  const refund = await succeed(ann.client.rpc('process_peer_booking_refund', { p_session_id: session_id }));
  assert.equal(refund.refunded_credits, 30);
  assert.equal((await succeed(set(null, null, null))).has_own_cancellation_policy, false);

  const p_product_id = await newProduct(ben);
  const saved = await succeed(ben.client.rpc('save_product', { p_product_id, p_name: 'Neck and back', p_credit_cost: 50 }));
  assert.deepEqual([saved.product_id, saved.credit_cost, saved.duration_minutes], [p_product_id, 50, null]);
  await refused(ann.client.rpc('save_product', { p_product_id, p_name: 'Mine' }), 'PRODUCT_NOT_FOUND');
  const added = ben.client.rpc('save_product', { p_product_id: null, p_name: 'Feet' });
  // The older application's products have to have a price in money.
  if (isAdopted) await fails(added, 400, '23502');
  else await succeed(added);

  const profile = await succeed(ben.client.rpc('set_practice_profile', { p_location: 'Leeds', p_specializations: ['Knees'] }));
  assert.deepEqual([profile.location, profile.specializations], ['Leeds', ['Knees']]);
});

test('all of it comes in one reply, also to GET', async () => {
  const [ann, ben] = await newPair();
  await ask(ann, ben);
  const practice = await practiceOf(ben, { get: true });
  assert.deepEqual(await practiceOf(ben), practice);
  assert.deepEqual(Object.keys(practice), [
    'success',
    'user_id',
    'name',
    'user_role',
    'is_active',
    'location',
    'visit_address',
    'specializations',
    'timezone',
    'published_timezone',
    'working_hours',
    'unreadable_hours',
    'unpublished_hours',
    'blocks',
    'cancellation_policy',
    'has_own_cancellation_policy',
    'products',
    'rating',
    'rating_count',
    'open_requests',
    'will_bring',
    'will_take',
  ]);
  assert.deepEqual([practice.user_id, practice.open_requests], [ben.id, 1]);
  assert.equal(practice.unpublished_hours, 'any');
});

test('what means nothing is turned away', async () => {
  const ben = await newPerson();
  for (const hours of [[], { Monday: {} }, { monday: { start: '9am', end: '5pm' } }, { exceptions: { Easter: [] } }])
    await fails(publish(ben, hours), 400, '22023');
  await fails(publish(ben, null), 400, '22004');
  await fails(publish(ben, {}, 'Mars/Base'), 400, '22023');
  const client = await newPerson({ role: isAdopted ? 'client' : 'receptionist' });
  await refused(publish(client, {}), 'PRACTITIONER_NOT_ELIGIBLE');
});
