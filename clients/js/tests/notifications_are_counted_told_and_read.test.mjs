import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
// Before whatever asks whether there is a window.
import { render } from './lib/rendering.mjs';
import { peerExchange } from '@peer-exchange/client';
import { useMarkRead, useNews, useNotifications, useReading } from '@peer-exchange/client/hooks';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { signIn } from '../../../tests/clients/lib/clients.mjs';
import { execute, value } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';

const rendered = [];
afterEach(() => Promise.all(rendered.splice(0).map((each) => each.end())));

async function show(client, useHook) {
  const each = await render(peerExchange(client), useHook);
  rendered.push(each);
  return each;
}

/** What a page of notifications has. */
function useAll(perPage) {
  return { list: useNotifications({ perPage }), news: useNews(), marking: useMarkRead() };
}

test('all of them are counted, and come page by page', async () => {
  const pat = await withNotifications(5);
  const shown = await show(pat.client, () => useAll(2));
  for (const count of [2, 4, 5]) {
    await shown.until(({ list }) => list.notifications.length === count && !list.query.isFetching);
    if (count < 5) await shown.act(({ list }) => list.more());
  }
  const { list, news } = await shown.until((each) => each.news.unread === 5);
  assert.equal(list.more, null);
  assert.deepEqual(
    list.notifications.map(({ title }) => title),
    ['News 1', 'News 2', 'News 3', 'News 4', 'News 5'],
  );
  assert.equal(news.unread, 5);
});

test('one is shown as read before the server has heard of it', async () => {
  const pat = await withNotifications(3);
  const { client, gate } = await gated(pat);
  const shown = await show(client, () => useAll(50));
  await shown.until(({ list, news }) => list.notifications.length === 3 && news.unread === 3);
  gate.holds();
  await shown.act(({ list, marking }) => marking.markRead([list.notifications[1].id]));
  const { list } = await shown.until(({ news }) => news.unread === 2);
  assert.deepEqual(
    list.notifications.map(({ read_at }) => read_at !== null),
    [false, true, false],
  );
  assert.equal(await unreadOf(pat), 3);
  gate.opens();
  await untilUnread(shown, pat, 2);
  assert.equal(shown.now().news.unread, 2);
});

test('where that failed it is unread again, says why, and can be tried once more', async () => {
  const pat = await withNotifications(2);
  const { client, gate } = await gated(pat);
  const shown = await show(client, () => useAll(50));
  await shown.until(({ list, news }) => list.notifications.length === 2 && news.unread === 2);
  gate.refuses();
  await shown.act(({ marking }) => marking.markRead([shown.now().list.notifications[0].id]));
  const failed = await shown.until(({ marking }) => marking.error);
  assert.equal(failed.marking.error.code, '22023');
  await shown.until(({ list, news }) => news.unread === 2 && list.notifications.every((each) => !each.read_at));
  gate.opens();
  await shown.act(({ marking }) => marking.again());
  await shown.until(({ marking, news }) => marking.error === null && news.unread === 1);
  await untilUnread(shown, pat, 1);
});

test('all are marked at once, however many there are', async () => {
  const pat = await withNotifications(1_203);
  const shown = await show(pat.client, () => useAll(50));
  await shown.until(({ list, news }) => list.notifications.length === 50 && news.unread === 1_203);
  await shown.act(({ marking }) => marking.markAllRead());
  const { list } = await shown.until(({ news }) => news.unread === 0);
  assert.ok(list.notifications.every(({ read_at }) => read_at));
  await untilUnread(shown, pat, 0);
});

test('what comes meanwhile is told once, and all that is shown is read again', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.notifications (recipient_id, type, title, body) values ('${ben.id}', 'news', 'Old', 'Old')`);
  const told = [];
  const onNews = (news) => told.push(...news.map(({ title }) => title));
  const shown = await show(ben.client, () => ({
    news: useNews({ onNews }),
    sessions: useReading('get_my_peer_sessions', {}),
  }));
  await shown.until(({ news, sessions }) => news.unread === 1 && sessions.data?.sessions.length === 0);
  await book(ann, ben);
  await shown.until(({ news, sessions }) => news.unread === 3 && sessions.data.sessions.length === 1);
  assert.deepEqual(told.sort(), ['60 credits earned', 'New peer booking']);
});

async function withNotifications(count) {
  const pat = await newPerson();
  await execute(`insert into public.notifications (recipient_id, type, title, body, created_at)
                 select '${pat.id}', 'news', 'News ' || number, 'News', now() - number * interval '1 minute'
                   from generate_series(1, ${count}) as number`);
  return pat;
}

function unreadOf(person) {
  return value(
    `select count(*) from public.notifications where recipient_id = '${person.id}' and read_at is null`,
  );
}

/** Waits for the database to say so: what is shown may be ahead of it. */
async function untilUnread(shown, person, count) {
  for (let tries = 0; (await unreadOf(person)) !== count; tries += 1) {
    assert.ok(tries < 200, `never ${count}`);
    await shown.act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }
}

/** A client whose marks come to the server when they are let through. */
async function gated(person) {
  let passes = Promise.resolve();
  let open;
  let isRefused = false;
  const client = await signIn(person.id, async (address, request) => {
    if (!String(address).endsWith('/mark_notifications_read')) return fetch(address, request);
    await passes;
    if (!isRefused) return fetch(address, request);
    return new Response(JSON.stringify({ code: '22023', message: 'no' }), { status: 400 });
  });
  const gate = {
    holds: () => void (passes = new Promise((resolve) => (open = resolve))),
    refuses: () => void (isRefused = true),
    opens: () => {
      isRefused = false;
      open?.();
    },
  };
  return { client, gate };
}
