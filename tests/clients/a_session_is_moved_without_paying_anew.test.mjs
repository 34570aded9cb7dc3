import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, daysAhead, fails, insertSession, refund, refused, succeed } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { accountOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

const move = (person, session_id, changes = {}) =>
  person.client.rpc('reschedule_peer_booking', {
    p_session_id: session_id,
    p_session_date: daysAhead(15),
    p_start_time: '11:30',
    ...changes,
  });

for (const [who, mover] of Object.entries({
  'the client': async (ann) => ann,
  'the practitioner': async (ann, ben) => ben,
  'the service': async () => ({ client: connect(await sign({ role: 'service_role' })) }),
})) {
  test(`by ${who}, with these keys and no others`, async () => {
    const [ann, ben] = await newPair();
    const { session_id } = await book(ann, ben);
    const reply = await succeed(move(await mover(ann, ben), session_id));
    assert.deepEqual(Object.entries(reply), [
      ['success', true],
      ['session_id', session_id],
      ['status', 'scheduled'],
      ['session_date', daysAhead(15)],
      ['start_time', '11:30'],
      ['timezone', 'UTC'],
      ['starts_at', `${daysAhead(15)}T11:30:00+00:00`],
      ['ends_at', `${daysAhead(15)}T12:30:00+00:00`],
      ['duration_minutes', 60],
      ['previous_session_date', daysAhead(14)],
      ['previous_start_time', '10:00'],
      ['previous_timezone', 'UTC'],
      ['previous_starts_at', `${daysAhead(14)}T10:00:00+00:00`],
      ['credit_cost', 60],
      ['replayed', false],
    ]);
    assert.deepEqual([await accountOf(ann), await accountOf(ben)], [
      { balance: 40, owed: 0 },
      { balance: 60, owed: 0 },
    ]);
    for (const [person, other, balance_after] of [
      [ann, ben, 40],
      [ben, ann, 60],
    ]) {
      const {
        data: [message, ...others],
      } = await person.client
        .from('notifications')
        .select('title, body, payload')
        .eq('type', 'peer_booking_rescheduled');
      assert.deepEqual([message.title, others], ['Session moved', []]);
      assert.ok(message.body.includes(other.name), message.body);
      assert.deepEqual(message.payload, {
        session_id,
        credits: 60,
        balance_after,
        session_date: daysAhead(15),
        start_time: '11:30',
        timezone: 'UTC',
        starts_at: `${daysAhead(15)}T11:30:00+00:00`,
        ends_at: `${daysAhead(15)}T12:30:00+00:00`,
        duration_minutes: 60,
        other_party_name: other.name,
        previous_session_date: daysAhead(14),
        previous_start_time: '10:00',
        previous_timezone: 'UTC',
        previous_starts_at: `${daysAhead(14)}T10:00:00+00:00`,
      });
    }
    await succeed(refund(ann, session_id));
    assert.deepEqual(await accountOf(ann), { balance: 100, owed: 0 });
  });
}

test('once under a key, however often it is asked for', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const key = { p_idempotency_key: 'click' };
  const first = await succeed(move(ann, session_id, key));
  assert.deepEqual(await succeed(move(ann, session_id, key)), { ...first, replayed: true });
  await refused(move(ann, session_id, { ...key, p_start_time: '12:00' }), 'IDEMPOTENCY_KEY_REUSED');
  await refused(move(ben, session_id, key), 'IDEMPOTENCY_KEY_REUSED');
  const { data } = await ann.client
    .from('notifications')
    .select('id')
    .eq('type', 'peer_booking_rescheduled');
  assert.equal(data.length, 1);
});

test('of six at once to one slot, one session gets there', async () => {
  const [ann, ben] = await newPair({ credits: 300 });
  const sessions = [];
  for (const p_start_time of ['08:00', '09:00', '10:00']) {
    sessions.push((await book(ann, ben, { p_start_time })).session_id);
  }
  const answers = await Promise.all(
    sessions.flatMap((session_id) => [move(ann, session_id), move(ben, session_id)]),
  );
  assert.deepEqual(answers.map(({ data }) => data.error_code ?? 'moved').sort(), [
    ...Array(4).fill('SLOT_CONFLICT'),
    'moved',
    // The one that is there is there already.
    'moved',
  ]);
});

test('a refusal is a reply that leaves no trace', async () => {
  const [[ann, ben], cyd] = [await newPair({ credits: 300 }), await newPerson()];
  const { session_id } = await book(ann, ben);
  await book(ann, cyd, { p_start_time: '12:00', p_session_date: daysAhead(15) });
  await book(ann, ben, { p_start_time: '16:00', p_session_date: daysAhead(15) });
  const { id: unpaid } = await insertSession(ann, ben, { start_time: '18:00' });
  for (const [changes, expected] of [
    [
      { p_start_time: null },
      {
        error_code: 'MISSING_PARAMETER',
        error: 'Missing parameter: p_start_time',
        details: { parameter: 'p_start_time' },
      },
    ],
    [
      { p_session_id: '00000000-0000-0000-0000-000000000000' },
      { error_code: 'SESSION_NOT_FOUND', error: 'The session was not found' },
    ],
    [
      { p_session_id: unpaid },
      {
        error_code: 'NOT_RESCHEDULABLE',
        error: "The session can't be moved: it is unpaid",
        details: { status: 'unpaid' },
      },
    ],
    [
      { p_session_date: daysAhead(-1) },
      {
        error_code: 'SESSION_IN_PAST',
        error: 'The session must start in the future',
        details: { min_notice_minutes: 0 },
      },
    ],
    [
      { p_start_time: '16:30' },
      { error_code: 'SLOT_CONFLICT', error: 'This time slot is already taken' },
    ],
    [
      {},
      { error_code: 'CLIENT_CONFLICT', error: 'You already have a session at this time' },
    ],
  ]) {
    await turnedDown(() => move(ann, session_id, changes), [ann, ben, cyd], expected);
  }
  await execute(`insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, no_refund_hours)
                 values ('${ben.id}', 8784, 0, 25, 0)`);
  await turnedDown(() => move(ann, session_id, { p_start_time: '08:00' }), [ann, ben], {
    error_code: 'RESCHEDULE_TOO_LATE',
    error: 'It is too late to move this session: cancelling it would no longer be refunded in full',
    details: { refund_percent: 25 },
  });
});

test('by nobody else', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await book(ann, ben);
  await fails(move(cyd, session_id), 403, '42501');
  await fails(move({ client: connect(await sign({ role: 'anon' })) }, session_id), 401, '42501');
  await fails(move(ann, session_id, { p_start_time: '24:00' }), 400, '22023');
});
