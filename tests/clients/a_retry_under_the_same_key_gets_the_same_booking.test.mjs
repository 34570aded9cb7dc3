import assert from 'node:assert/strict';
import { request as openRequest } from 'node:http';
import { test } from 'node:test';
import { sign, signIn, url } from './lib/clients.mjs';
import { book, booking, refund, succeed } from './lib/bookings.mjs';
import { balanceOf, tracesOf } from './lib/ledger.mjs';
import { newPair } from './lib/people.mjs';

const KEY = { p_idempotency_key: 'one booking' };

async function assertBookedOnce(ann, ben) {
  assert.deepEqual(await tracesOf(ann), { sessions: 1, entries: 2, notifications: 2 });
  assert.deepEqual(await Promise.all([ann, ben].map(balanceOf)), [40, 60]);
}

test('the reply is the original one, but for saying so', async () => {
  const [ann, ben] = await newPair();
  const first = await book(ann, ben, KEY);
  assert.equal(first.replayed, false);
  assert.deepEqual(await book(ann, ben, KEY), { ...first, replayed: true });
  await assertBookedOnce(ann, ben);
});

test('the answer was lost after the booking was made', async () => {
  const [ann, ben] = await newPair();
  const forgetful = await signIn(ann.id, async (address, request) => {
    const answer = await fetch(address, request);
    await answer.text();
    throw new TypeError('fetch failed');
  });
  const lost = await forgetful.rpc('create_peer_booking', booking(ann, ben, KEY));
  assert.equal(lost.data, null);
  assert.match(lost.error.message, /fetch failed/);
  assert.equal((await book(ann, ben, KEY)).replayed, true);
  await assertBookedOnce(ann, ben);
});

test('the line was cut while the request was on its way', async () => {
  const [ann, ben] = await newPair();
  await sendAndHangUp(ann, 'create_peer_booking', booking(ann, ben, KEY));
  // Whether the first request got through, or still runs, is not known here: neither may matter.
  await book(ann, ben, KEY);
  await assertBookedOnce(ann, ben);
});

test('five of them at once', async () => {
  const [ann, ben] = await newPair();
  const replies = await Promise.all(Array.from({ length: 5 }, () => book(ann, ben, KEY)));
  assert.equal(new Set(replies.map((reply) => reply.session_id)).size, 1);
  assert.deepEqual(replies.map((reply) => reply.replayed).sort(), [false, true, true, true, true]);
  await assertBookedOnce(ann, ben);
});

test('a retry comes before every other rule: the credits are spent and the slot is taken by now', async () => {
  const [ann, ben] = await newPair({ credits: 60 });
  const first = await book(ann, ben, KEY);
  assert.deepEqual(await book(ann, ben, KEY), { ...first, replayed: true });
});

test('the key of another person is another key', async () => {
  const [ann, ben] = await newPair();
  const [cyd] = await newPair();
  const hers = await book(ann, ben, KEY);
  const his = await book(cyd, ben, { ...KEY, p_start_time: '11:00' });
  assert.notEqual(hers.session_id, his.session_id);
  assert.equal(his.replayed, false);
});

test('without a key the same request is another booking', async () => {
  const [ann, ben] = await newPair({ credits: 120 });
  const first = await book(ann, ben);
  await succeed(refund(ann, first.session_id));
  const second = await book(ann, ben);
  assert.notEqual(first.session_id, second.session_id);
});

/** Sends a whole request and closes the connection without waiting for an answer. */
async function sendAndHangUp(person, name, args) {
  const token = await sign({ sub: person.id, role: 'authenticated' });
  await new Promise((resolve) => {
    const sending = openRequest(`${url}/rpc/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    });
    sending.on('error', resolve);
    sending.on('close', resolve);
    sending.end(JSON.stringify(args), () => sending.destroy());
  });
}
