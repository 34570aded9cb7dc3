import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, fails, refund, refused, succeed } from './lib/bookings.mjs';
import { execute, value } from './lib/database.mjs';
import { creditsOf, statusOf } from './lib/ledger.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

const complete = (person, session_id) =>
  person.client.rpc('complete_peer_session', { p_session_id: session_id });
const report = (person, session_id, p_reason = null) =>
  person.client.rpc('report_peer_no_show', { p_session_id: session_id, p_reason });
const resolve = (session_id, percent) =>
  value(`select peer_exchange.resolve_dispute('${session_id}', ${percent}, 'Both were heard')`);

/** A booking that is paid when it has taken place, as the setting of a database has it for all. */
async function bookedToSettle(client, practitioner) {
  const reply = await value(`
    with setting as materialized (select set_config('peer_exchange.settlement', 'completion', true))
    select create_peer_booking('${client.id}', '${practitioner.id}', current_date + 14, '10:00', 60, 'massage')
      from setting`);
  assert.equal(reply.settles, 'on_completion', JSON.stringify(reply));
  return reply;
}

/** The application moves it to where it has just begun. */
const begins = (session_id) =>
  execute(`
    update public.client_sessions
       set session_date = ((now() - interval '5 minutes') at time zone peer_exchange.time_zone_of(therapist_id))::date,
           start_time   = ((now() - interval '5 minutes') at time zone peer_exchange.time_zone_of(therapist_id))::time
     where id = '${session_id}'`);

/** A pair with a session that is under way, and for which credits are held. */
async function underWay() {
  const [ann, ben] = await newPair();
  const { session_id } = await bookedToSettle(ann, ben);
  await begins(session_id);
  return { ann, ben, session_id };
}

async function expectCredits(ann, ben, anns, bens) {
  assert.deepEqual([await creditsOf(ann), await creditsOf(ben)], [
    { balance: 0, held: 0, owed: 0, ...anns },
    { balance: 0, held: 0, owed: 0, ...bens },
  ]);
}

const told = async (person, type) =>
  (await person.client.from('notifications').select('title, payload->credits').eq('type', type)).data;

test('its practitioner completes it and has her credits, with these keys and no others', async () => {
  const { ann, ben, session_id } = await underWay();
  await expectCredits(ann, ben, { balance: 40, held: 60 }, {});
  const reply = await succeed(complete(ben, session_id));
  assert.deepEqual(Object.entries(reply), [
    ['success', true],
    ['session_id', session_id],
    ['status', 'completed'],
    ['credit_cost', 60],
    ['client_new_balance', 40],
    ['client_held', 0],
    ['practitioner_new_balance', 60],
    ['practitioner_owes', 0],
    ['settled_credits', 60],
    ['returned_credits', 0],
    ['replayed', false],
  ]);
  assert.deepEqual(await succeed(complete(ben, session_id)), { ...reply, replayed: true });
  await expectCredits(ann, ben, { balance: 40 }, { balance: 60 });
  for (const person of [ann, ben]) {
    assert.deepEqual(await told(person, 'peer_session_settled'), [{ title: 'Session completed', credits: 60 }]);
  }
});

test('not before it has begun, and by nobody else', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await bookedToSettle(ann, ben);
  for (const [person, say] of [[ben, complete], [ben, report], [ann, report]]) {
    await turnedDown(() => say(person, session_id), [ann, ben], {
      error_code: 'SESSION_NOT_BEGUN',
      error: 'The session has not begun yet',
    });
  }
  await begins(session_id);
  for (const person of [ann, cyd]) await fails(complete(person, session_id), 403, '42501');
  await fails(report(cyd, session_id), 403, '42501');
  const nobody = { client: connect(await sign({ role: 'anon' })) };
  for (const say of [complete, report]) await fails(say(nobody, session_id), 401, '42501');
});

test('of ten completions at once one pays', async () => {
  const { ann, ben, session_id } = await underWay();
  const replies = await Promise.all(Array.from({ length: 10 }, () => succeed(complete(ben, session_id))));
  assert.equal(replies.filter(({ replayed }) => !replayed).length, 1);
  await expectCredits(ann, ben, { balance: 40 }, { balance: 60 });
});

test('the client did not come: her practitioner says so, and she pays', async () => {
  const { ann, ben, session_id } = await underWay();
  const reply = await succeed(report(ben, session_id, 'I waited'));
  assert.deepEqual([reply.status, reply.settled_credits, reply.final_at], ['no_show', 60, undefined]);
  await expectCredits(ann, ben, { balance: 40 }, { balance: 60 });
  for (const person of [ann, ben]) {
    assert.deepEqual(await told(person, 'peer_session_no_show'), [{ title: 'Missed session', credits: 60 }]);
  }
  await refused(complete(ben, session_id), 'NOT_COMPLETABLE');
  await refused(refund(ann, session_id), 'NOT_CANCELLABLE');
});

test('the practitioner did not come: all goes back once nobody has contradicted in time', async () => {
  const { ann, ben, session_id } = await underWay();
  const reply = await succeed(report(ann, session_id));
  assert.deepEqual([reply.status, reply.settled_credits, reply.returned_credits], ['no_show', 0, 0]);
  const hours = (new Date(reply.final_at) - Date.now()) / 3_600_000;
  assert.ok(hours > 23 && hours <= 24.1, reply.final_at);
  await expectCredits(ann, ben, { balance: 40, held: 60 }, {});
  await execute('select peer_exchange.settle_due_sessions()');
  await expectCredits(ann, ben, { balance: 40, held: 60 }, {});
  await execute(`
    set session_replication_role = replica;
    update public.client_sessions set no_show_reported_at = now() - interval '25 hours' where id = '${session_id}'`);
  await execute('select peer_exchange.settle_due_sessions()');
  await expectCredits(ann, ben, { balance: 100 }, {});
  await refused(complete(ben, session_id), 'NOT_COMPLETABLE');
});

test('she contradicts, and somebody decides', async () => {
  const { ann, ben, session_id } = await underWay();
  await succeed(report(ann, session_id, 'Nobody opened'));
  const reply = await succeed(report(ben, session_id, 'I was there'));
  assert.deepEqual([reply.status, reply.settled_credits, reply.returned_credits], ['disputed', 0, 0]);
  await execute('select peer_exchange.settle_due_sessions()');
  await expectCredits(ann, ben, { balance: 40, held: 60 }, {});
  for (const person of [ann, ben]) {
    assert.equal((await told(person, 'peer_session_disputed')).length, 1);
    const { data } = await person.client
      .from('client_sessions')
      .select('no_show_reason, dispute_reason')
      .eq('id', session_id)
      .single();
    assert.deepEqual(data, { no_show_reason: 'Nobody opened', dispute_reason: 'I was there' });
  }
  const decided = await resolve(session_id, 25);
  assert.deepEqual([decided.status, decided.settled_credits, decided.returned_credits], ['completed', 45, 15]);
  await expectCredits(ann, ben, { balance: 55 }, { balance: 45 });
  assert.equal((await resolve(session_id, 25)).error_code, 'NOT_DISPUTED');
});

test('nobody decides on a dispute of her own, nor writes what was said', async () => {
  const { ann, ben, session_id } = await underWay();
  await succeed(report(ann, session_id));
  await succeed(complete(ben, session_id));
  const set = (person, changes) =>
    person.client.from('client_sessions').update(changes).eq('id', session_id).select('id');
  for (const [person, changes] of [
    [ann, { status: 'no_show' }],
    [ben, { status: 'completed' }],
    [ben, { held_credits: null }],
    [ben, { settled_at: new Date().toISOString() }],
    [ann, { disputed_at: null }],
  ]) {
    await fails(set(person, changes), 400, '23514');
  }
  assert.equal(await statusOf(session_id), 'disputed');
  await resolve(session_id, 100);
  await expectCredits(ann, ben, { balance: 100 }, {});
});

test('what was paid at the booking is refunded, and what is spent of it owed', async () => {
  const [[ann, ben], cyd] = [await newPair(), await newPerson()];
  const { session_id } = await book(ann, ben);
  await book(ben, cyd, { p_start_time: '15:00' });
  await begins(session_id);
  await succeed(report(ann, session_id));
  await succeed(report(ben, session_id));
  await resolve(session_id, 50);
  await expectCredits(ann, ben, { balance: 70 }, { owed: 30 });
});

test('set by an older client, the status settles as the functions do', async () => {
  const { ann, ben, session_id } = await underWay();
  const { data } = await ben.client
    .from('client_sessions')
    .update({ status: 'completed' })
    .eq('id', session_id)
    .select('status, payment_status');
  assert.deepEqual(data, [{ status: 'completed', payment_status: 'paid' }]);
  await expectCredits(ann, ben, { balance: 40 }, { balance: 60 });
});
