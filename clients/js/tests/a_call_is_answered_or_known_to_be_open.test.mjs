import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, NoAnswer, peerExchange } from '@peer-exchange/client';
import { booking, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { connect, sign, signIn } from '../../../tests/clients/lib/clients.mjs';
import { value } from '../../../tests/clients/lib/database.mjs';
import { balanceOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';

test('a lost answer is asked for again, and the session is booked once', async () => {
  const [ann, ben] = await newPair();
  const delays = [];
  const exchange = peerExchange(await signIn(ann.id, losing(2)), { storage: storage() });
  const reply = await exchange.call('create_peer_booking', booking(ann, ben), {
    onDelay: () => delays.push('delayed'),
  });
  assert.deepEqual([reply.success, reply.replayed, delays.length], [true, true, 2]);
  assert.equal(await balanceOf(ann), 40);
});

test('where no answer comes at all, the key is kept, and asking again tells what happened', async () => {
  const [ann, ben] = await newPair();
  const kept = storage();
  const cut = peerExchange(await signIn(ann.id, losing(Infinity)), { storage: kept });
  await assert.rejects(cut.call('create_peer_booking', booking(ann, ben)), (error) => {
    assert.ok(error instanceof NoAnswer && error.isConnectionLost);
    return true;
  });
  assert.equal(kept.keys().length, 1);
  assert.equal(await balanceOf(ann), 40);

  // As a page does that was closed meanwhile; the order of arguments is no matter.
  const again = peerExchange(ann.client, { storage: kept });
  const reversed = Object.fromEntries(Object.entries(booking(ann, ben)).reverse());
  const reply = await again.call('create_peer_booking', { ...reversed, p_notes: null });
  assert.deepEqual([reply.success, reply.replayed], [true, true]);
  assert.equal(await balanceOf(ann), 40);
  assert.deepEqual(kept.keys(), []);
});

test('a refusal is an answer', async () => {
  const [ann, ben] = await newPair({ credits: 10 });
  const kept = storage();
  const exchange = peerExchange(ann.client, { storage: kept });
  const reply = await exchange.call('create_peer_booking', booking(ann, ben));
  assert.deepEqual([reply.success, reply.error_code], [false, 'INSUFFICIENT_CREDITS']);
  assert.deepEqual(kept.keys(), []);
});

test('a fault is an answer, and is not asked for again', async () => {
  const [ann, ben] = await newPair();
  const requests = [];
  const counting = (address, request) => (requests.push(address), fetch(address, request));
  const exchange = peerExchange(await signIn(ben.id, counting), { storage: storage() });
  await assert.rejects(exchange.call('create_peer_booking', booking(ann, ben)), (error) => {
    assert.ok(error instanceof Fault);
    assert.deepEqual([error.code, error.status], ['42501', 403]);
    return true;
  });
  assert.equal(requests.length, 1);
});

test('a server that can’t be reached behind its gateway is no lost connection', async () => {
  const [ann] = await newPair();
  const gateway = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  const exchange = peerExchange(await signIn(ann.id, gateway));
  await assert.rejects(exchange.call('get_my_peer_sessions', {}), (error) => {
    assert.ok(error instanceof NoAnswer && !error.isConnectionLost);
    assert.equal(error.status, 502);
    return true;
  });
});

test('who gives up ends the asking, and her key is kept', async () => {
  const [ann, ben] = await newPair();
  const kept = storage();
  const giveUp = new AbortController();
  const exchange = peerExchange(await signIn(ann.id, losing(Infinity)), { storage: kept });
  const call = exchange.call('request_peer_booking', booking(ann, ben), {
    onDelay: () => giveUp.abort(new Error('Enough')),
    signal: giveUp.signal,
  });
  await assert.rejects(call, /Enough/);
  assert.equal(kept.keys().length, 1);
});

test('what would be there twice is sent once', async () => {
  const [ann] = await newPair();
  const requests = [];
  const lost = async (address) => {
    requests.push(address);
    throw new TypeError('fetch failed');
  };
  const exchange = peerExchange(await signIn(ann.id, lost), { storage: storage() });
  await assert.rejects(exchange.call('save_product', { p_product_id: null, p_name: 'Neck' }), NoAnswer);
  assert.equal(requests.length, 1);
  await assert.rejects(exchange.call('get_my_peer_sessions', {}, { once: true }), NoAnswer);
  assert.equal(requests.length, 2);
});

test('what was cancelled since is booked anew', async () => {
  const [ann, ben] = await newPair();
  const kept = storage();
  const cut = peerExchange(await signIn(ann.id, losing(Infinity)), { storage: kept });
  await assert.rejects(cut.call('create_peer_booking', booking(ann, ben)), NoAnswer);
  const exchange = peerExchange(ann.client, { storage: kept });
  const { sessions } = await exchange.call('get_my_peer_sessions', {});
  await exchange.call('process_peer_booking_refund', { p_session_id: sessions[0].session_id });
  const reply = await exchange.call('create_peer_booking', booking(ann, ben));
  assert.deepEqual([reply.success, reply.replayed], [true, false]);
  const status = `select status from public.client_sessions where id = '${reply.session_id}'`;
  assert.equal(await value(status), 'scheduled');
});

test('a key of one’s own is left alone', async () => {
  const [ann, ben] = await newPair();
  const kept = storage();
  const exchange = peerExchange(ann.client, { storage: kept });
  await exchange.call('create_peer_booking', booking(ann, ben, { p_idempotency_key: 'mine' }));
  const key = `select idempotency_key from public.client_sessions where client_id = '${ann.id}'`;
  assert.equal(await value(key), 'mine');
});

test('a client of a token that is over hears of it at once', async () => {
  const over = connect(await sign({ sub: crypto.randomUUID(), role: 'authenticated' }, 1_000_000_000));
  await assert.rejects(peerExchange(over).call('get_my_peer_sessions', {}), (error) => error.status === 401);
});

test('a list is read page by page, and no further than one goes', async () => {
  const [ann, ben] = await newPair();
  for (const p_start_time of ['09:00', '11:00', '13:00'])
    await succeed(ann.client.rpc('create_peer_booking', { ...booking(ann, ben), p_start_time, p_duration_minutes: 15 }));
  let requests = 0;
  const counting = await signIn(ann.id, (address, request) => {
    requests += 1;
    return fetch(address, request);
  });
  const exchange = peerExchange(counting);
  const starts = [];
  for await (const { sessions } of exchange.pages('get_my_peer_sessions', { p_limit: 1 }))
    starts.push(...sessions.map(({ starts_at }) => starts_at));
  assert.equal(new Set(starts).size, 3);
  requests = 0;
  for await (const { practitioners } of exchange.pages('search_peer_practitioners', { p_limit: 2 }))
    if (practitioners.length > 0) break;
  assert.equal(requests, 1);
});

/** A fetch of which so many answers are lost on their way back. */
function losing(answers) {
  let lost = 0;
  return async (address, request) => {
    const response = await fetch(address, request);
    if (lost >= answers) return response;
    lost += 1;
    throw new TypeError('fetch failed');
  };
}

/** As localStorage; `keys` says for what calls it keeps a key. */
function storage() {
  const values = new Map();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, text) => void values.set(name, text),
    removeItem: (name) => void values.delete(name),
    keys: () => Object.keys(JSON.parse(values.get('peer_exchange.keys') ?? '{}')),
  };
}
