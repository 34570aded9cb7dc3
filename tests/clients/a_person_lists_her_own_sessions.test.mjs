import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, daysAhead, fails, refund, succeed } from './lib/bookings.mjs';
import { newPair, newPerson } from './lib/people.mjs';

const sessions = (person, options = {}, how) => person.client.rpc('get_my_peer_sessions', options, how);

test('with these keys and no others', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben, { p_notes: 'Left shoulder' });
  for (const [person, as, other] of [
    [ann, 'client', ben],
    [ben, 'practitioner', ann],
  ]) {
    const { data, error, status } = await sessions(person);
    assert.deepEqual([status, error], [200, null]);
    const [session, ...others] = data.sessions;
    assert.deepEqual(others, []);
    assert.deepEqual(Object.entries(data), [
      ['next_before', null],
      ['sessions', [session]],
    ]);
    assert.deepEqual(Object.entries(session), [
      ['session_id', session_id],
      ['as', as],
      ['status', 'scheduled'],
      ['payment_status', 'paid'],
      ['session_date', daysAhead(14)],
      ['start_time', '10:00'],
      ['timezone', 'UTC'],
      ['starts_at', `${daysAhead(14)}T10:00:00+00:00`],
      ['ends_at', `${daysAhead(14)}T11:00:00+00:00`],
      ['duration_minutes', 60],
      ['place', null],
      ['session_type', 'massage'],
      ['notes', 'Left shoulder'],
      ['credit_cost', 60],
      ['held_credits', 0],
      ['expires_at', null],
      ['counterpart', { user_id: other.id, name: other.name, email: `${other.id}@example.test`, phone: null }],
      ['refund_now', { credits: 60, percent: 100 }],
      ['refund_terms', as === 'client' ? [{ percent: 100, credits: 60, until: null }] : null],
      ['can_cancel', true],
      ['cancel_obstacle', null],
      ['can_reschedule', true],
      ['reschedule_obstacle', null],
      ['can_accept', false],
      ['cancelled_at', null],
      ['cancellation_reason', null],
      ['rating', null],
      ['can_rate', false],
    ]);
  }
});

test('what a cancellation gives back is what was announced', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const {
    data: {
      sessions: [session],
    },
  } = await sessions(ann);
  const reply = await succeed(refund(ann, session.session_id));
  assert.deepEqual(
    { credits: reply.refunded_credits, percent: reply.refund_percent },
    session.refund_now,
  );
  assert.deepEqual((await sessions(ann)).data.sessions, []);
  const { data } = await sessions(ann, { p_scope: 'past' });
  assert.deepEqual(
    data.sessions.map((past) => [past.status, past.refund_now, past.can_cancel, past.can_reschedule]),
    [['cancelled', null, false, false]],
  );
});

test('page by page, upcoming ones soonest first, and by GET as well', async () => {
  const [ann, ben] = await newPair({ credits: 300 });
  for (const p_start_time of ['12:00', '10:00', '14:00']) await book(ann, ben, { p_start_time });
  for (const [p_scope, expected] of [
    ['upcoming', ['10:00', '12:00', '14:00']],
    ['all', ['14:00', '12:00', '10:00']],
  ]) {
    const starts = [];
    let p_before = null;
    do {
      const { data } = await sessions(
        ann,
        { p_scope, p_limit: 2, ...(p_before && { p_before }) },
        { get: true },
      );
      starts.push(...data.sessions.map((session) => session.start_time));
      p_before = data.next_before;
    } while (p_before);
    assert.deepEqual(starts, expected);
  }
});

test('and nobody lists another’s', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  await book(ann, ben);
  assert.deepEqual((await sessions(cyd, { p_scope: 'all' })).data.sessions, []);
  await fails(sessions({ client: connect(await sign({ role: 'anon' })) }), 401, '42501');
  await fails(sessions({ client: connect(await sign({ role: 'service_role' })) }), 403, '42501');
});

test('an invalid argument is a fault', async () => {
  const ann = await newPerson();
  for (const options of [{ p_scope: 'future' }, { p_limit: 0 }, { p_limit: 101 }, { p_before: 'x' }]) {
    await fails(sessions(ann, options), 400, '22023');
  }
});
