import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, daysAhead, fails, refund } from './lib/bookings.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const statement = (person, options = {}, how) =>
  person.client.rpc('get_credit_statement', options, how);

test('with these keys and no others', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const { data, error, status } = await statement(ann);
  assert.deepEqual([status, error], [200, null]);
  const [payment, grant, ...others] = data.entries;
  assert.deepEqual(others, []);
  assert.deepEqual(Object.entries(data), [
    ['balance', 40],
    ['held', 0],
    ['available', 40],
    ['will_take', 0],
    ['will_bring', 0],
    ['owed', 0],
    ['total_earned', 100],
    ['total_spent', 60],
    ['next_before', null],
    ['entries', [payment, grant]],
  ]);
  assert.deepEqual(Object.entries(payment), [
    ['entry_id', payment.entry_id],
    ['created_at', payment.created_at],
    ['transaction_type', 'session_payment'],
    ['credits', -60],
    ['balance_after', 40],
    ['held_after', 0],
    ['owed_after', 0],
    ['description', 'Peer session'],
    ['counterpart', { user_id: ben.id, name: ben.name }],
    [
      'session',
      {
        session_id,
        session_date: daysAhead(14),
        start_time: '10:00',
        timezone: 'UTC',
        starts_at: `${daysAhead(14)}T10:00:00+00:00`,
        duration_minutes: 60,
        status: 'scheduled',
      },
    ],
  ]);
  assert.match(payment.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
  assert.deepEqual([grant.counterpart, grant.session, grant.credits], [null, null, 100]);
});

test('page by page, and by GET as well', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  const types = [];
  let p_before = null;
  do {
    const { data } = await statement(
      ann,
      p_before ? { p_limit: 1, p_before } : { p_limit: 1 },
      { get: true },
    );
    types.push(...data.entries.map((entry) => [entry.transaction_type, entry.credits]));
    p_before = data.next_before;
  } while (p_before);
  assert.deepEqual(types, [
    ['refund', 60],
    ['session_payment', -60],
    ['bonus', 100],
  ]);
});

test('of certain days', async () => {
  const ann = await newPerson({ credits: 5 });
  const count = async (options) => (await statement(ann, options)).data.entries.length;
  assert.equal(await count({ p_from: daysAhead(-1), p_to: daysAhead(1) }), 1);
  assert.equal(await count({ p_from: daysAhead(2) }), 0);
  assert.equal(await count({ p_to: daysAhead(-2) }), 0);
});

test('of one kind, and with one person', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const types = async (options) =>
    (await statement(ann, options, { get: true })).data.entries.map((entry) => entry.transaction_type);
  assert.deepEqual(await types({ p_kind: 'granted' }), ['bonus']);
  assert.deepEqual(await types({ p_counterpart_id: ben.id }), ['session_payment']);
  assert.deepEqual(await types({ p_kind: 'granted', p_counterpart_id: ben.id }), []);
  await fails(statement(ann, { p_kind: 'lost' }), 400, '22023');
});

test('and nobody reads another’s', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const { data } = await statement(ben);
  assert.deepEqual(
    data.entries.map((entry) => [entry.transaction_type, entry.credits]),
    [['session_earning', 60]],
  );
  const anonymous = { client: connect(await sign({ role: 'anon' })) };
  const service = { client: connect(await sign({ role: 'service_role' })) };
  await fails(statement(anonymous), 401, '42501');
  await fails(statement(service), 403, '42501');
});

test('an invalid argument is a fault', async () => {
  const ann = await newPerson();
  for (const options of [
    { p_limit: 0 },
    { p_limit: 201 },
    { p_before: 'x' },
    { p_from: '2027-01-02', p_to: '2027-01-01' },
  ]) {
    await fails(statement(ann, options), 400, '22023');
  }
});
