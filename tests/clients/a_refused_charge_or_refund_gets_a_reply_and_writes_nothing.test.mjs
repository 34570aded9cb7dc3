import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { book, charge, daysAhead, insertSession, refund } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

test('charging or refunding a session that does not exist', async () => {
  const [ann, ben] = await newPair();
  const error = { error_code: 'SESSION_NOT_FOUND', error: 'The session was not found' };
  await turnedDown(() => charge(ann, ben, randomUUID()), [ann, ben], { ...error, credit_cost: 60 });
  await turnedDown(() => refund(ann, randomUUID()), [ann, ben], { ...error, refunded_credits: 0 });
});

test('charging or refunding an ordinary session', async () => {
  const [ann, ben] = await newPair();
  const id = randomUUID();
  await execute(`
    insert into public.client_sessions
           (id, therapist_id, client_id, client_name, session_date, start_time, duration_minutes)
    values ('${id}', '${ben.id}', '${ann.id}', 'Ann', '${daysAhead(14)}', '10:00', 60)`);
  const error = { error_code: 'NOT_PEER_BOOKING', error: 'The session is not a peer booking' };
  await turnedDown(() => charge(ann, ben, id), [ann, ben], { ...error, credit_cost: 60 });
  await turnedDown(() => refund(ann, id), [ann, ben], { ...error, refunded_credits: 0 });
});

test('charging a session as if it were with somebody else', async () => {
  const [ann, ben] = await newPair();
  const { id } = await insertSession(ann, ben);
  const cyd = await newPerson();
  await turnedDown(() => charge(ann, cyd, id), [ann, ben, cyd], {
    error_code: 'PARTICIPANT_MISMATCH',
    error: 'Client and practitioner are not those of the session',
    credit_cost: 60,
  });
});

test('refunding without saying what', async () => {
  const [ann, ben] = await newPair();
  await turnedDown(() => refund(ann, null), [ann, ben], {
    error_code: 'MISSING_PARAMETER',
    error: 'Missing parameter: p_session_id',
    details: { parameter: 'p_session_id' },
    refunded_credits: 0,
  });
});

test('refunding twice', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  await turnedDown(() => refund(ann, session_id), [ann, ben], {
    error_code: 'ALREADY_CANCELLED',
    error: 'The session has already been cancelled',
    details: { refunded_credits: 60 },
    refunded_credits: 0,
  });
});

test('refunding a session that took place', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await execute(`update public.client_sessions set status = 'completed' where id = '${session_id}'`);
  await turnedDown(() => refund(ann, session_id), [ann, ben], {
    error_code: 'NOT_CANCELLABLE',
    error: 'The session can no longer be cancelled: it is completed',
    details: { status: 'completed' },
    refunded_credits: 0,
  });
});
