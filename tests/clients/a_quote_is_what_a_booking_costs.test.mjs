import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { book, booking, fails } from './lib/bookings.mjs';
import { tracesOf } from './lib/ledger.mjs';
import { newPair, newPerson, newProduct } from './lib/people.mjs';

const quote = (person, args, options) => person.client.rpc('get_practitioner_credit_cost', args, options);
const [GET, POST] = [{ get: true }, {}];

test('by GET and by POST, with the product left out', async () => {
  const [ann, ben] = await newPair();
  for (const method of [GET, POST]) {
    const { data, status } = await quote(ann, { p_practitioner_id: ben.id, p_duration_minutes: 50 }, method);
    assert.deepEqual([status, data], [200, 50]);
  }
  assert.equal((await book(ann, ben, { p_duration_minutes: 50 })).credit_cost, 50);
});

test('by POST with a null product, as older clients send it', async () => {
  const [ann, ben] = await newPair();
  const { data, status } = await quote(ann, {
    p_practitioner_id: ben.id,
    p_duration_minutes: 50,
    p_product_id: null,
  });
  assert.deepEqual([status, data], [200, 50]);
});

test('by GET a null product is the text null, which no parameter of type uuid takes', async () => {
  const [ann, ben] = await newPair();
  const args = { p_practitioner_id: ben.id, p_duration_minutes: 50 };
  await fails(quote(ann, { ...args, p_product_id: null }, GET), 400, '22P02');
  const { data } = await quote(ann, { ...args, p_product_id: undefined }, GET);
  assert.equal(data, 50, 'leaving it undefined leaves it out');
});

test('with a product, by its own cost, else by its duration', async () => {
  const [ann, ben] = await newPair();
  for (const [product, cost] of [
    [await newProduct(ben, { credit_cost: 20 }), 20],
    [await newProduct(ben), 45],
  ]) {
    const args = { p_practitioner_id: ben.id, p_duration_minutes: 60, p_product_id: product };
    const quotes = await Promise.all([quote(ann, args, GET), quote(ann, args, POST)]);
    assert.deepEqual(
      quotes.map(({ data }) => data),
      [cost, cost],
    );
    const start = `1${cost % 10}:00`;
    assert.equal((await book(ann, ben, { p_product_id: product, p_start_time: start })).credit_cost, cost);
  }
});

test('a null or invalid argument is a fault', async () => {
  const [ann, ben] = await newPair();
  const args = { p_practitioner_id: ben.id, p_duration_minutes: 60 };
  await fails(quote(ann, { ...args, p_practitioner_id: null }), 400, '22004');
  await fails(quote(ann, { ...args, p_duration_minutes: null }), 400, '22004');
  for (const p_duration_minutes of [-1, 0, 481])
    await fails(quote(ann, { ...args, p_duration_minutes }), 400, '22023');
  await fails(quote(ann, { ...args, p_duration_minutes: 'long' }), 400, '22P02');
});

test('a product of nobody, of somebody else or no longer offered is a fault', async () => {
  const [ann, ben] = await newPair();
  const products = [
    randomUUID(),
    await newProduct(await newPerson()),
    await newProduct(ben, { is_active: false }),
  ];
  for (const p_product_id of products) {
    await fails(
      quote(ann, { p_practitioner_id: ben.id, p_duration_minutes: 60, p_product_id }),
      400,
      '22023',
    );
  }
});

test('an unknown practitioner is a fault', async () => {
  const [ann] = await newPair();
  const error = await fails(
    quote(ann, { p_practitioner_id: randomUUID(), p_duration_minutes: 60 }),
    400,
    '22023',
  );
  assert.match(error.message, /there is no practitioner/);
});

test('a booking is not made by GET, which anybody may repeat', async () => {
  const [ann, ben] = await newPair();
  await fails(ann.client.rpc('create_peer_booking', booking(ann, ben), GET), 405, '25006');
  assert.equal((await tracesOf(ann)).sessions, 0);
});
