import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, booking, daysAhead } from './lib/bookings.mjs';
import { execute } from './lib/database.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

const service = connect(await sign({ role: 'service_role' }));

/** A booking of Ann with Ben that is turned down. */
function refusesBooking(
  behaviour,
  { changes = () => ({}), prepare = () => {}, caller = (ann) => ann.client, expected },
) {
  test(behaviour, async () => {
    const [ann, ben] = await newPair();
    await prepare(ann, ben);
    const args = booking(ann, ben, await changes(ann, ben));
    await turnedDown(() => caller(ann).rpc('create_peer_booking', args), [ann, ben], expected);
  });
}

for (const parameter of [
  'p_client_id',
  'p_practitioner_id',
  'p_session_date',
  'p_start_time',
  'p_duration_minutes',
  'p_session_type',
]) {
  refusesBooking(`without ${parameter}`, {
    changes: () => ({ [parameter]: null }),
    expected: {
      error_code: 'MISSING_PARAMETER',
      error: `Missing parameter: ${parameter}`,
      details: { parameter },
    },
  });
}

refusesBooking('with a blank session type', {
  changes: () => ({ p_session_type: '  ' }),
  expected: {
    error_code: 'MISSING_PARAMETER',
    error: 'Missing parameter: p_session_type',
    details: { parameter: 'p_session_type' },
  },
});

for (const duration_minutes of [-1, 0, 481, 2147483647]) {
  refusesBooking(`for ${duration_minutes} minutes`, {
    changes: () => ({ p_duration_minutes: duration_minutes }),
    expected: {
      error_code: 'INVALID_DURATION',
      error: 'The duration must be between 1 and 480 minutes',
      details: { duration_minutes, max_duration_minutes: 480 },
    },
  });
}

refusesBooking('under a key that was used for another booking', {
  prepare: (ann, ben) => book(ann, ben, { p_idempotency_key: 'one', p_duration_minutes: 30 }),
  changes: () => ({ p_idempotency_key: 'one', p_duration_minutes: 40 }),
  expected: {
    error_code: 'IDEMPOTENCY_KEY_REUSED',
    error: 'This idempotency key was used for another booking',
  },
});

refusesBooking('with oneself', {
  changes: (ann) => ({ p_practitioner_id: ann.id }),
  expected: { error_code: 'SELF_BOOKING', error: 'You cannot book a session with yourself' },
});

refusesBooking('for somebody who is not there', {
  caller: () => service,
  changes: () => ({ p_client_id: randomUUID() }),
  expected: { error_code: 'CLIENT_NOT_FOUND', error: 'The client was not found' },
});

refusesBooking('with somebody who is not there', {
  changes: () => ({ p_practitioner_id: randomUUID() }),
  expected: { error_code: 'PRACTITIONER_NOT_FOUND', error: 'The practitioner was not found' },
});

const change = (person, assignment) =>
  execute(`update public.users set ${assignment} where id = '${person.id}'`);

refusesBooking('by somebody who is no practitioner', {
  prepare: (ann) => change(ann, "user_role = 'client'"),
  expected: { error_code: 'CLIENT_NOT_PRACTITIONER', error: 'Only practitioners can book peer sessions' },
});

refusesBooking('with somebody who is no practitioner', {
  prepare: (ann, ben) => change(ben, "user_role = 'client'"),
  expected: { error_code: 'PRACTITIONER_NOT_ELIGIBLE', error: 'This person does not offer peer sessions' },
});

refusesBooking('by somebody who is inactive', {
  prepare: (ann) => change(ann, 'is_active = false'),
  expected: { error_code: 'CLIENT_INACTIVE', error: 'Your account is not active' },
});

refusesBooking('with somebody who is inactive', {
  prepare: (ann, ben) => change(ben, 'is_active = false'),
  expected: { error_code: 'PRACTITIONER_INACTIVE', error: 'This practitioner is not active' },
});

refusesBooking('for a product that is not there', {
  changes: () => ({ p_product_id: randomUUID() }),
  expected: { error_code: 'PRODUCT_NOT_FOUND', error: 'This practitioner does not offer the chosen product' },
});

refusesBooking('yesterday', {
  changes: () => ({ p_session_date: daysAhead(-1) }),
  expected: {
    error_code: 'SESSION_IN_PAST',
    error: 'The session must start in the future',
    details: { min_notice_minutes: 0 },
    credit_cost: 60,
  },
});

for (const p_session_date of [daysAhead(367), 'infinity']) {
  refusesBooking(`too far ahead: ${p_session_date === 'infinity' ? 'at infinity' : 'in 367 days'}`, {
    changes: () => ({ p_session_date }),
    expected: {
      error_code: 'TOO_FAR_AHEAD',
      error: 'The session must start within 365 days from now',
      details: { max_advance_days: 365 },
      credit_cost: 60,
    },
  });
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const nineToFive = JSON.stringify(
  Object.fromEntries(WEEKDAYS.map((day) => [day, { enabled: true, start: '09:00', end: '17:00' }])),
);

refusesBooking('outside working hours', {
  prepare: (ann, ben) =>
    execute(`
    insert into public.practitioner_availability (user_id, timezone, working_hours)
    values ('${ben.id}', 'UTC', '${nineToFive}')`),
  changes: () => ({ p_start_time: '16:01' }),
  expected: {
    error_code: 'OUTSIDE_WORKING_HOURS',
    error: "The session lies outside the practitioner's working hours",
    credit_cost: 60,
  },
});

refusesBooking('while the practitioner has blocked the time', {
  prepare: (ann, ben) =>
    execute(`
    insert into public.calendar_events (user_id, title, start_time, end_time, event_type, status)
    values ('${ben.id}', 'Away', '${daysAhead(14)} 10:59Z', '${daysAhead(14)} 12:00Z', 'block', 'confirmed')`),
  expected: {
    error_code: 'PRACTITIONER_BLOCKED',
    error: 'The practitioner is unavailable at this time',
    credit_cost: 60,
  },
});

refusesBooking('while the practitioner has another session', {
  prepare: async (ann, ben) => book(await newPerson({ credits: 60 }), ben, { p_start_time: '10:59' }),
  expected: { error_code: 'SLOT_CONFLICT', error: 'This time slot is already taken', credit_cost: 60 },
});

refusesBooking('while the client has another session', {
  prepare: async (ann) => book(ann, await newPerson(), { p_start_time: '09:30', p_duration_minutes: 31 }),
  expected: {
    error_code: 'CLIENT_CONFLICT',
    error: 'You already have a session at this time',
    credit_cost: 60,
  },
});

refusesBooking('for more than one has', {
  changes: () => ({ p_duration_minutes: 101 }),
  expected: {
    error_code: 'INSUFFICIENT_CREDITS',
    error: 'Insufficient credits. Required: 101, Available: 100',
    details: { required: 101, available: 100 },
    credit_cost: 101,
  },
});

test("a booking for one's whole balance is not refused", async () => {
  const [ann, ben] = await newPair();
  assert.equal((await book(ann, ben, { p_duration_minutes: 100 })).client_balance_after, 0);
});
