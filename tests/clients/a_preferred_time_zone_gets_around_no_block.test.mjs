import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signIn } from './lib/clients.mjs';
import { booking, daysAhead, refused, succeed } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { newPair } from './lib/people.mjs';

const day = daysAhead(15);
const applied = [];

/** Sends a request as somebody in Tokyo, and notes what PostgREST says it made of that. */
async function fromTokyo(address, request) {
  const headers = new Headers(request.headers);
  headers.append('Prefer', 'timezone=Asia/Tokyo');
  const response = await fetch(address, { ...request, headers });
  applied.push(response.headers.get('Preference-Applied'));
  return response;
}

/** The calendar as an application has it that writes no time zones. */
const calendarOf = (type) =>
  execute(`alter table public.calendar_events alter start_time type ${type}, alter end_time type ${type}`);
before(() => calendarOf('timestamp'));
after(() => calendarOf('timestamptz'));

test('a block is where it is, whatever time zone a request prefers', async () => {
  const [ann, ben] = await newPair();
  await execute(`
    insert into public.calendar_events (user_id, title, start_time, end_time, event_type, status)
    values ('${ben.id}', 'Holiday', '${day} 10:00', '${day} 11:00', 'block', 'confirmed')`);
  const traveller = { ...ann, client: await signIn(ann.id, fromTokyo) };
  const asked = booking(ann, ben, { p_session_date: day });
  await refused(traveller.client.rpc('create_peer_booking', asked), 'PRACTITIONER_BLOCKED');
  await succeed(traveller.client.rpc('create_peer_booking', { ...asked, p_start_time: '11:00' }));
  assert.deepEqual(applied, ['timezone=Asia/Tokyo', 'timezone=Asia/Tokyo']);
});
