import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import ICAL from 'ical.js';
import { book, refund, succeed } from './lib/bookings.mjs';
import { sign, url } from './lib/clients.mjs';
import { execute, value } from './lib/database.mjs';
import { newPair } from './lib/people.mjs';

// A calendar knows an address, and has no token: Supabase's gateway is sent the anon key, anything else nothing.
const anonymous = { Authorization: `Bearer ${await sign({ role: 'anon' })}` };

const feedAt = (secret, headers = {}) =>
  fetch(`${url}/rpc/get_calendar_feed?p_secret=${encodeURIComponent(secret)}`, { headers });

const createFeed = async ({ client }) => {
  const { data } = await client.rpc('create_calendar_feed').throwOnError();
  return data.secret;
};

const eventsOf = (text) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => ({
    uid: event.getFirstPropertyValue('uid'),
    status: event.getFirstPropertyValue('status'),
    sequence: event.getFirstPropertyValue('sequence'),
  }));

after(() => execute('select peer_exchange.close_calendar_feeds()'));

test('only once somebody has opened feeds', async () => {
  const [ann] = await newPair();
  const secret = await createFeed(ann);
  for (const headers of [{}, anonymous]) assert.equal((await feedAt(secret, headers)).status, 401);
  await execute('select peer_exchange.open_calendar_feeds()');
  for (const headers of [{}, anonymous]) assert.equal((await feedAt(secret, headers)).status, 200);
  assert.equal((await ann.client.rpc('get_my_calendar_feed', {}, { get: true })).data.is_open, true);
  await execute('select peer_exchange.close_calendar_feeds()');
  for (const headers of [{}, anonymous]) assert.equal((await feedAt(secret, headers)).status, 401);
});

test('as what calendars take for a calendar, whatever they ask for', async () => {
  await execute('select peer_exchange.open_calendar_feeds()');
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const secret = await createFeed(ann);
  for (const Accept of ['*/*', 'text/calendar', 'text/calendar, text/plain;q=0.5', 'text/html, */*;q=0.1', 'image/webp']) {
    const answer = await feedAt(secret, { Accept });
    assert.equal(answer.status, 200, Accept);
    assert.match(answer.headers.get('content-type'), /^text\/calendar(;|$)/);
    assert.deepEqual(eventsOf(await answer.text()), [
      { uid: `${session_id}@peer-exchange`, status: 'CONFIRMED', sequence: 0 },
    ]);
  }
});

test('and what was cancelled stays in it', async () => {
  await execute('select peer_exchange.open_calendar_feeds()');
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(refund(ann, session_id));
  for (const person of [ann, ben]) {
    const answer = await feedAt(await createFeed(person));
    assert.deepEqual(eventsOf(await answer.text()), [
      { uid: `${session_id}@peer-exchange`, status: 'CANCELLED', sequence: 1 },
    ]);
  }
});

test('but none that is not there', async () => {
  await execute('select peer_exchange.open_calendar_feeds()');
  const [ann, ben] = await newPair();
  const former = await createFeed(ann);
  const secret = await createFeed(ann);
  const revoked = await createFeed(ben);
  await ben.client.rpc('revoke_calendar_feed').throwOnError();
  for (const gone of [former, revoked, 'x', '', 'x'.repeat(5000), '%00', "'; drop table users"]) {
    const answer = await feedAt(gone);
    assert.equal(answer.status, 404, gone);
    assert.equal((await answer.json()).message, 'there is no such calendar feed');
  }
  assert.equal((await feedAt(secret)).status, 200);
  await execute(`update public.users set is_active = false where id = '${ann.id}'`);
  assert.equal((await feedAt(secret)).status, 404);
});

test('and nothing else is opened', async () => {
  await execute('select peer_exchange.open_calendar_feeds()');
  const opened = await value(`
    select array_agg(own.id::text order by own.id::text) as opened
      from peer_exchange.own_functions() as own
     where has_function_privilege('anon', own.id, 'execute')`);
  assert.deepEqual(opened, [
    'get_calendar_feed(text)',
    'peer_exchange.calendar_feed(text)',
    'peer_exchange.get_calendar_feed(text)',
  ]);
});
