import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, daysAhead, fails } from './lib/bookings.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const history = (person, options = {}, how) => person.client.rpc('get_balance_history', options, how);

test('with these keys and no others, by GET as well', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  for (const how of [{}, { get: true }]) {
    const { data, error, status } = await history(ann, { p_from: daysAhead(-1), p_to: daysAhead(0) }, how);
    assert.deepEqual([status, error], [200, null]);
    assert.deepEqual(Object.keys(data), ['timezone', 'from', 'to', 'days']);
    assert.deepEqual([data.timezone, data.from, data.to], ['UTC', daysAhead(-1), daysAhead(0)]);
    const nothing = { balance: 0, held: 0, owed: 0, earned: 0, spent: 0, other: 0 };
    assert.deepEqual(data.days.map(Object.entries), [
      Object.entries({ date: daysAhead(-1), ...nothing }),
      Object.entries({ date: daysAhead(0), ...nothing, balance: 40, spent: 60, other: 100 }),
    ]);
  }
});

test('of the last ninety days unless she says which', async () => {
  const ann = await newPerson({ credits: 5 });
  const { data } = await history(ann);
  assert.equal(data.days.length, 90);
  assert.equal(data.days.at(-1).balance, 5);
});

test('and nobody reads another’s', async () => {
  const anonymous = { client: connect(await sign({ role: 'anon' })) };
  const service = { client: connect(await sign({ role: 'service_role' })) };
  await fails(history(anonymous), 401, '42501');
  await fails(history(service), 403, '42501');
});

test('an invalid period is a fault', async () => {
  const ann = await newPerson();
  for (const options of [
    { p_from: '2027-01-02', p_to: '2027-01-01' },
    { p_from: '2020-01-01', p_to: '2027-01-01' },
  ]) {
    await fails(history(ann, options), 400, '22023');
  }
});
