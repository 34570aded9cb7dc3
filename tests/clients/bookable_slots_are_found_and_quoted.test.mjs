import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { book, booking, daysAhead, fails, refused, succeed } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { tracesOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const [GET, POST] = [{ get: true }, {}];
const day = daysAhead(14);

const slots = (person, practitioner, args = {}, options = POST) =>
  person.client.rpc(
    'get_available_slots',
    { p_practitioner_id: practitioner.id, p_from: day, p_to: day, p_step_minutes: 60, ...args },
    options,
  );
const quote = (person, args, options) => person.client.rpc('quote_peer_booking', args, options);
const search = (person, args, options = POST) =>
  person.client.rpc('search_peer_practitioners', args, options);

/** Somebody with a last name that nobody else has. */
async function somebody(changes = {}) {
  const person = await newPerson({ first_name: 'Zoë' });
  const surname = `Q${randomUUID().slice(0, 8)}`;
  await execute(`update public.users
                    set last_name = '${surname}', location = '${changes.location ?? 'Évian'}',
                        specializations = array['Rücken', 'Knie'] where id = '${person.id}'`);
  return { ...person, surname };
}

test('slots, by GET and by POST, and one less once it is booked', async () => {
  const [ann, ben] = await newPair();
  for (const method of [GET, POST]) {
    const reply = await succeed(slots(ann, ben, {}, method));
    assert.equal(reply.slots.length, 24);
    assert.deepEqual(reply.slots[10], {
      session_date: day,
      start_time: '10:00',
      starts_at: `${day}T10:00:00+00:00`,
      ends_at: `${day}T11:00:00+00:00`,
    });
    assert.deepEqual(
      [reply.practitioner_id, reply.timezone, reply.duration_minutes, reply.credit_cost],
      [ben.id, 'UTC', 60, 60],
    );
  }
  const before = await tracesOf(ann, ben);
  const [first] = (await succeed(slots(ann, ben))).slots;
  assert.deepEqual(await tracesOf(ann, ben), before);
  await book(ann, ben, { p_session_date: first.session_date, p_start_time: first.start_time });
  await refused(slots(ann, ben), 'INSUFFICIENT_CREDITS');
  const left = (await succeed(slots(ann, ben, { p_duration_minutes: 40 }))).slots;
  assert.deepEqual([left.length, left[0].start_time], [23, '01:00']);
});

test('slots that a session can be moved to, by GET and by POST, for its parties alone', async () => {
  const [[ann, ben], [cyd]] = await Promise.all([newPair(), newPair()]);
  const { session_id } = await book(ann, ben);
  for (const [person, method] of [[ann, GET], [ben, POST]]) {
    const reply = await succeed(slots(person, ben, { p_session_id: session_id }, method));
    // Every hour but its own.
    assert.deepEqual([reply.slots.length, reply.credit_cost], [23, 60]);
    assert.ok(reply.slots.every(({ start_time }) => start_time !== '10:00'));
  }
  await refused(slots(ann, cyd, { p_session_id: session_id }), 'PARTICIPANT_MISMATCH');
  await refused(slots(ann, ben, { p_session_id: randomUUID() }), 'SESSION_NOT_FOUND');
  await fails(slots(cyd, ben, { p_session_id: session_id }), 403, '42501');
});

test('slots of nobody are refused, and an invalid range is a fault', async () => {
  const [ann, ben] = await newPair();
  await refused(slots(ann, { id: randomUUID() }), 'PRACTITIONER_NOT_FOUND');
  await refused(slots(ann, ann), 'SELF_BOOKING');
  await fails(slots(ann, ben, { p_to: daysAhead(13) }), 400, '22023');
  await fails(slots(ann, ben, { p_to: daysAhead(76) }), 400, '22023');
  await fails(slots(ann, ben, { p_step_minutes: 0 }), 400, '22023');
});

test('a quote, by GET and by POST, is the reply of the booking that follows', async () => {
  const [ann, ben] = await newPair();
  for (const method of [GET, POST]) {
    const before = await tracesOf(ann, ben);
    const { session_id, ...quoted } = await succeed(quote(ann, booking(ann, ben), method));
    assert.equal(session_id, null);
    assert.equal(quoted.client_balance_after, 40);
    assert.deepEqual(await tracesOf(ann, ben), before);
  }
  const { session_id: _, request, refund_terms, ...quoted } = await succeed(quote(ann, booking(ann, ben), GET));
  const { session_id: __, ...booked } = await book(ann, ben);
  assert.deepEqual(quoted, booked);
  assert.equal(request.status, 'pending_approval');
  assert.ok(new Date(request.expires_at) > Date.now(), request.expires_at);
  await refused(quote(ann, booking(ann, ben), GET), 'SLOT_CONFLICT');
  await fails(quote(ben, booking(ann, ben), GET), 403, '42501');
});

test('a search, by GET and by POST, without case or accents', async () => {
  const [ann] = await newPair();
  const zoe = await somebody();
  for (const method of [GET, POST]) {
    const { data, status } = await search(ann, { p_query: `zoe ${zoe.surname.toUpperCase()}` }, method);
    assert.equal(status, 200);
    assert.equal(data.total, 1);
    const { next_free_slot, ...found } = data.practitioners[0];
    assert.deepEqual(found, {
      practitioner_id: zoe.id,
      name: `Zoë ${zoe.surname}`,
      user_role: 'osteopath',
      location: 'Évian',
      specializations: ['Rücken', 'Knie'],
      credit_cost: 60,
      rating: null,
      rating_count: null,
      completed_sessions: 0,
      cancellation_policy: { full_refund_hours: 0, partial_refund_hours: 0, partial_refund_percent: 0 },
    });
    const offered = await succeed(
      slots(ann, zoe, { p_from: next_free_slot.session_date, p_to: next_free_slot.session_date, p_step_minutes: 30 }),
    );
    assert.deepEqual(
      { ...next_free_slot, timezone: undefined, ends_at: undefined },
      { ...offered.slots[0], timezone: undefined, ends_at: undefined },
    );
  }
});

test('a search by each field, alone and together, and never for oneself', async () => {
  const [ann] = await newPair();
  const zoe = await somebody();
  const filters = { p_query: zoe.surname, p_location: 'evi', p_specialization: 'RUCK', p_role: 'osteopath' };
  const total = async (person, args) => (await search(person, { p_query: zoe.surname, ...args })).data.total;
  assert.equal(await total(ann, filters), 1);
  for (const p_location of ['lyon', '%', '_']) assert.equal(await total(ann, { p_location }), 0);
  assert.equal(await total(ann, { p_specialization: 'evian' }), 0);
  assert.equal(await total(ann, { p_role: 'massage_therapist' }), 0);
  assert.equal(await total(zoe, {}), 0);
  await fails(search(ann, { p_limit: 51 }), 400, '22023');
});

test('a search tells nobody an e-mail address', async () => {
  const [ann] = await newPair();
  const zoe = await somebody();
  await execute(`update public.users set first_name = '', last_name = '' where id = '${zoe.id}'`);
  const { data } = await search(ann, { p_limit: 50, p_location: 'Evian' });
  assert.ok(data.practitioners.some(({ name }) => name === 'a colleague'));
  assert.doesNotMatch(JSON.stringify(data), /@/);
});
