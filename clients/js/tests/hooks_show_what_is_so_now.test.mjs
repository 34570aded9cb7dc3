import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { peerExchange } from '@peer-exchange/client';
import { useAction, useReading, useSlotPicker, useStatement } from '@peer-exchange/client/hooks';
import { ask, booking, book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { signIn } from '../../../tests/clients/lib/clients.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { render } from './lib/rendering.mjs';

const rendered = [];
after(() => Promise.all(rendered.map((each) => each.end())));

async function show(person, useHook, client = person.client) {
  const each = await render(peerExchange(client), useHook);
  rendered.push(each);
  return each;
}

test('what is booked is read again wherever it is shown', async () => {
  const [ann, ben] = await newPair();
  const shown = await show(ann, () => ({
    sessions: useReading('get_my_peer_sessions', {}),
    booking: useAction('create_peer_booking'),
  }));
  await shown.until(({ sessions }) => sessions.data?.sessions.length === 0);
  assert.deepEqual(shown.now().booking.progress, { state: 'ready' });
  await shown.act(({ booking: action }) => action.start(booking(ann, ben)));
  const { booking: action } = await shown.until(({ sessions }) => sessions.data.sessions.length === 1);
  assert.deepEqual([action.progress.state, action.progress.reply.credit_cost], ['done', 60]);
});

test('a refusal and a fault are told apart', async () => {
  const [ann, ben] = await newPair({ credits: 10 });
  const poor = await show(ann, () => useAction('create_peer_booking'));
  await poor.act((action) => action.start(booking(ann, ben)));
  const { progress } = await poor.until((action) => action.progress.state === 'refused');
  assert.deepEqual(progress.refusal.details, { required: 60, available: 10 });
  await poor.act((action) => action.reset());
  await poor.act((action) => action.start(booking(ben, ann)));
  const failed = await poor.until((action) => action.progress.state === 'failed');
  assert.equal(failed.progress.error.code, '42501');
});

test('a lost answer shows as a delay, and then as what happened', async () => {
  const [ann, ben] = await newPair();
  let lost = 0;
  const losing = async (address, request) => {
    const response = await fetch(address, request);
    if (lost++ === 0) throw new TypeError('fetch failed');
    return response;
  };
  const shown = await show(ann, () => useAction('request_peer_booking'), await signIn(ann.id, losing));
  await shown.act((action) => action.start(booking(ann, ben)));
  await shown.until(({ progress }) => progress.state === 'sending' && progress.isDelayed);
  const { progress } = await shown.until((action) => action.progress.state === 'done');
  assert.equal(progress.reply.replayed, true);
});

test('slots are listed under the days of the reader’s calendar', async () => {
  const [ann, ben] = await newPair();
  // From eight in the evening until midnight in Tokyo: in the morning of the same day in Paris.
  const hours = '{"enabled": true, "start": "20:00", "end": "24:00"}';
  const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  await execute(`
    insert into public.practitioner_availability (user_id, timezone, working_hours)
    values ('${ben.id}', 'Asia/Tokyo', '{${week.map((day) => `"${day}": ${hours}`).join(', ')}}')`);
  const options = { p_practitioner_id: ben.id, p_duration_minutes: 60, p_step_minutes: 60 };
  const picker = await show(ann, () => useSlotPicker({ ...options, days: 3, timezone: 'Pacific/Honolulu' }));
  const first = await picker.until(({ offer }) => offer);
  assert.equal(first.earlier, null);
  await picker.act(({ later }) => later());
  const next = await picker.until(({ days }) => days.length === 3);
  for (const { day, items } of next.days) {
    assert.ok(next.from <= day && day <= next.to);
    // Eight in the evening in Tokyo is one in the morning in Honolulu.
    const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Pacific/Honolulu' });
    assert.deepEqual(
      items.map(({ starts_at }) => hour.format(new Date(starts_at))),
      ['01', '02', '03', '04'],
    );
  }
  await picker.act(({ choose, days }) => choose(days[0].items[0]));
  assert.equal(picker.now().chosen, next.days[0].items[0]);
  await picker.act(({ earlier }) => earlier());
  assert.equal(picker.now().chosen, null);
});

test('why nothing can be booked is said', async () => {
  const [ann] = await newPair();
  const picker = await show(ann, () => useSlotPicker({ p_practitioner_id: ann.id }));
  const { refusal, days } = await picker.until((shown) => shown.refusal);
  assert.deepEqual([refusal.error_code, days], ['SELF_BOOKING', []]);
});

test('a statement grows by pages, and its entries stand under their days', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  await ask(ann, ben, { p_session_date: daysAhead(15), p_duration_minutes: 30 });
  const shown = await show(ann, () => useStatement({ p_limit: 2, timezone: 'UTC' }));
  const first = await shown.until(({ account }) => account);
  assert.deepEqual([first.account.balance, first.account.held], [10, 30]);
  const count = ({ days }) => days.reduce((sum, { items }) => sum + items.length, 0);
  assert.equal(count(first), 2);
  await shown.act(({ more }) => more());
  const whole = await shown.until((statement) => count(statement) === 3);
  assert.equal(whole.more, null);
  assert.deepEqual([...new Set(whole.days.map(({ day }) => day))].length, whole.days.length);
});
