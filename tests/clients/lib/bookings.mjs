// Requests as clients write them.
import assert from 'node:assert/strict';

// Asked once, so that a test that runs past midnight speaks of one date throughout.
const now = Date.now();

/** A date so many days from today, in UTC. */
export function daysAhead(days) {
  return new Date(now + days * 86_400_000).toISOString().slice(0, 10);
}

/** Arguments of create_peer_booking: an hour in a fortnight, unless told otherwise. */
export function booking(client, practitioner, changes = {}) {
  return {
    p_client_id: client.id,
    p_practitioner_id: practitioner.id,
    p_session_date: daysAhead(14),
    p_start_time: '10:00',
    p_duration_minutes: 60,
    p_session_type: 'massage',
    ...changes,
  };
}

/** Books as the client herself and returns the reply, which must be a success. */
export async function book(client, practitioner, changes) {
  return succeed(client.client.rpc('create_peer_booking', booking(client, practitioner, changes)));
}

/** Asks for a session as the client herself and returns the reply, which must be a success. */
export async function ask(client, practitioner, changes) {
  return succeed(client.client.rpc('request_peer_booking', booking(client, practitioner, changes)));
}

/** The row that older clients insert before they have it charged. */
export function session(client, practitioner, changes = {}) {
  return {
    therapist_id: practitioner.id,
    client_id: client.id,
    client_name: client.name,
    client_email: client.email,
    session_date: daysAhead(14),
    start_time: '10:00',
    duration_minutes: 60,
    session_type: 'massage',
    status: 'scheduled',
    payment_status: 'pending',
    is_peer_booking: true,
    ...changes,
  };
}

/** Inserts it as the client herself and returns the row. */
export async function insertSession(client, practitioner, changes) {
  const { data, error, status } = await client.client
    .from('client_sessions')
    .insert(session(client, practitioner, changes))
    .select()
    .single();
  assert.deepEqual([status, error], [201, null]);
  return data;
}

/** Has an inserted session charged. */
export function charge(client, practitioner, sessionId, changes = {}) {
  return client.client.rpc('process_peer_booking_credits', {
    p_client_id: client.id,
    p_practitioner_id: practitioner.id,
    p_session_id: sessionId,
    p_duration_minutes: 60,
    ...changes,
  });
}

/** Asks for a refund. */
export function refund(person, sessionId, reason = 'A cold') {
  return person.client.rpc('process_peer_booking_refund', {
    p_session_id: sessionId,
    p_cancellation_reason: reason,
  });
}

/** The reply of a request that must succeed, with status 200. */
export async function succeed(request) {
  const { data, error, status } = await request;
  assert.deepEqual([status, error, data?.success], [200, null, true], JSON.stringify(data));
  return data;
}

/** The reply of a request that the rules must turn down: with status 200 too. */
export async function refused(request, code) {
  const { data, error, status } = await request;
  assert.deepEqual(
    [status, error, data?.success, data?.error_code],
    [200, null, false, code],
    JSON.stringify(data),
  );
  return data;
}

/** A request that must end in an error: its HTTP status and its SQLSTATE or PostgREST code. */
export async function fails(request, expectedStatus, code) {
  const { data, error, status } = await request;
  assert.deepEqual([status, error?.code], [expectedStatus, code], JSON.stringify(data ?? error));
  assert.equal(data, null);
  return error;
}
