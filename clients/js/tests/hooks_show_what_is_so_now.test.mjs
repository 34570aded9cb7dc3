import assert from 'node:assert/strict';
import { useState } from 'react';
import { afterEach, test } from 'node:test';
// Before whatever asks whether there is a window.
import { hasNetwork, render } from './lib/rendering.mjs';
import { peerExchange } from '@peer-exchange/client';
import {
  moreOf,
  useAction,
  useEveryPage,
  usePages,
  useReading,
  useSlotPicker,
  useStatement,
} from '@peer-exchange/client/hooks';
import { ask, booking, book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { signIn } from '../../../tests/clients/lib/clients.mjs';
import { execute, value } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';

const rendered = [];
afterEach(() => Promise.all(rendered.splice(0).map((each) => each.end())));

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

test('after the last lost answer the same can be asked for again, and tells what happened', async () => {
  const [ann, ben] = await newPair();
  let isLost = true;
  const losing = async (address, request) => {
    const response = await fetch(address, request);
    if (isLost) throw new TypeError('fetch failed');
    return response;
  };
  const told = [];
  const onDone = (reply) => told.push(reply.credit_cost);
  const shown = await show(
    ann,
    () => useAction('create_peer_booking', { onDone }),
    await signIn(ann.id, losing),
  );
  await shown.act((action) => action.again());
  assert.equal(shown.now().progress.state, 'ready', 'nothing has been asked for yet');
  await shown.act((action) => action.start(booking(ann, ben)));
  const { progress } = await shown.until((action) => action.progress.state === 'failed');
  assert.equal(progress.error.isConnectionLost, true);
  isLost = false;
  await shown.act((action) => action.again());
  const done = await shown.until((action) => action.progress.state === 'done');
  assert.deepEqual([done.progress.reply.replayed, told], [true, [60]]);
  assert.equal(await value(`select count(*) from public.client_sessions where client_id = '${ann.id}'`), 1);
});

test('of what was read before a change, nothing is shown after it', async () => {
  const [ann, ben] = await newPair();
  const balances = [];
  const shown = await show(ann, () => {
    const [isAsked, setAsked] = useState(true);
    const { data } = useReading('get_credit_statement', isAsked ? { p_limit: 1 } : null);
    balances.push(data?.balance);
    return { balance: data?.balance, setAsked, booking: useAction('create_peer_booking') };
  });
  await shown.until(({ balance }) => balance === 100);
  await shown.act(({ setAsked }) => setAsked(false));
  await shown.act(({ booking: action }) => action.start(booking(ann, ben)));
  await shown.until(({ booking: action }) => action.progress.state === 'done');
  balances.length = 0;
  await shown.act(({ setAsked }) => setAsked(true));
  await shown.until(({ balance }) => balance === 40);
  assert.equal(balances.includes(100), false);
});

test('what only reads may be asked for by a click, and has nothing else read again', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  let lists = 0;
  const counting = (address, request) => {
    if (String(address).endsWith('/get_my_peer_sessions')) lists += 1;
    return fetch(address, request);
  };
  const shown = await show(
    ann,
    () => ({ list: useReading('get_my_peer_sessions', {}), file: useAction('get_session_calendar') }),
    await signIn(ann.id, counting),
  );
  await shown.until(({ list }) => list.data);
  await shown.act(({ file }) => file.start({ p_session_id: session_id }));
  const { file } = await shown.until((each) => each.file.progress.state === 'done');
  assert.match(file.progress.reply.calendar, /^BEGIN:VCALENDAR/);
  assert.equal(lists, 1);
});

test('without a network nothing fails: it is asked once there is one', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const shown = await show(ann, () => {
    const [args, read] = useState(null);
    return { list: useReading('get_my_peer_sessions', args), read };
  });
  await shown.act(() => hasNetwork(false));
  await shown.act(({ read }) => read({}));
  const { list: waiting } = await shown.until(({ list }) => list.isPaused);
  assert.deepEqual([waiting.data, waiting.error], [undefined, null]);
  await shown.act(() => hasNetwork(true));
  const { list } = await shown.until((each) => each.list.data);
  assert.equal(list.data.sessions.length, 1);
});

test('what is shown is read again when the network is back', async () => {
  const [ann, ben] = await newPair();
  const shown = await show(ann, () => useReading('get_my_peer_sessions', {}));
  await shown.until(({ data }) => data?.sessions.length === 0);
  await shown.act(() => hasNetwork(false));
  await book(ann, ben);
  await shown.act(() => hasNetwork(true));
  await shown.until(({ data }) => data.sessions.length === 1);
});

test('lists grow by pages, whichever way their pages are told apart', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben, { p_duration_minutes: 15 });
  await book(ann, ben, { p_start_time: '12:00', p_duration_minutes: 15 });
  const shown = await show(ann, () => ({
    sessions: usePages('get_my_peer_sessions', { p_limit: 1 }),
    people: usePages('search_peer_practitioners', { p_limit: 1 }),
    every: useEveryPage(
      'get_my_peer_sessions',
      { p_limit: 1 },
      { select: (pages) => pages.flatMap(({ sessions }) => sessions) },
    ),
  }));
  const first = await shown.until(({ sessions, people }) => sessions.data && people.data);
  await shown.act(() => {
    moreOf(first.sessions)();
    moreOf(first.people)();
  });
  const { sessions, people, every } = await shown.until(
    (lists) => [lists.sessions, lists.people].every(({ data }) => data.pages.length === 2) && lists.every.data,
  );
  const ids = (list, items, id) => list.data.pages.flatMap((page) => page[items]).map((item) => item[id]);
  const found = ids(people, 'practitioners', 'practitioner_id');
  assert.equal(new Set(found).size, 2);
  assert.deepEqual(
    ids(sessions, 'sessions', 'session_id'),
    every.data.map(({ session_id }) => session_id),
  );
  assert.deepEqual([every.data.length, moreOf(sessions)], [2, null]);
});

test('slots are listed under the days of the reader’s calendar', async () => {
  const [ann, ben] = await newPair();
  // From eight in the evening until midnight in Tokyo: in the morning of the same day in Paris.
  const hours = '{"enabled": true, "start": "20:00", "end": "24:00"}';
  const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  await publishZone(ben, 'Asia/Tokyo', `{${week.map((day) => `"${day}": ${hours}`).join(', ')}}`);
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
  assert.deepEqual(picker.now().chosen, next.days[0].items[0]);
  await picker.act(({ earlier }) => earlier());
  assert.deepEqual(picker.now().chosen, next.days[0].items[0], 'on other days, too');
});

test('what is chosen of one length is not chosen of another', async () => {
  const [ann, ben] = await newPair();
  const picker = await show(ann, () => {
    const [p_duration_minutes, last] = useState(60);
    return { ...useSlotPicker({ p_practitioner_id: ben.id, p_duration_minutes, from: daysAhead(3) }), last };
  });
  const { slots } = await picker.until(({ offer }) => offer);
  await picker.act(({ choose }) => choose(slots[0]));
  assert.deepEqual(picker.now().chosen, slots[0]);
  for (const minutes of [30, 60]) {
    await picker.act(({ last }) => last(minutes));
    assert.equal(picker.now().chosen, null);
  }
});

test('by the practitioner’s clock they are listed, too, and stay the same times', async () => {
  const [ann, ben] = await newPair();
  await publishZone(ben, 'Asia/Tokyo');
  const options = { p_practitioner_id: ben.id, p_duration_minutes: 60, timezone: 'Pacific/Honolulu' };
  const picker = await show(ann, () => useSlotPicker({ ...options, from: daysAhead(3), days: 1 }));
  const mine = await picker.until(({ offer }) => offer);
  assert.equal(mine.clocksDiffer, true);
  await picker.act(({ setClock }) => setClock('practitioner'));
  const { slots } = picker.now();
  assert.ok(slots.length > 0);
  for (const { shown, session_date, start_time, timezone } of slots)
    assert.deepEqual([shown, timezone], [{ date: session_date, time: start_time.slice(0, 5) }, 'Asia/Tokyo']);
});

test('which days are shown may stand in an address', async () => {
  const [ann, ben] = await newPair();
  const picker = await show(ann, () => {
    const [from, onShow] = useState(daysAhead(20));
    return { ...useSlotPicker({ p_practitioner_id: ben.id, from, onShow, timezone: 'UTC' }), address: from };
  });
  await picker.act(({ later }) => later());
  assert.deepEqual([picker.now().address, picker.now().from], [daysAhead(27), daysAhead(27)]);
  await picker.act(({ show: showFrom }) => showFrom('2000-01-01'));
  assert.equal(picker.now().earlier, null, 'nothing is shown that has passed');
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

function publishZone(person, timezone, workingHours = '{}') {
  return execute(`
    insert into public.practitioner_availability (user_id, timezone, working_hours)
    values ('${person.id}', '${timezone}', '${workingHours}')`);
}
