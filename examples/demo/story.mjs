// Ann books Ben, and what can come in between. `cargo xtask demo` runs it; each request is printed
// as it stands here, with its reply, and the story stops where a reply is not as it says.
import { execFileSync } from 'node:child_process';
import { signIn } from './client.mjs';
import { say, tell } from './narrator.mjs';

const ANN = 'a0000000-0000-4000-8000-000000000001';
const BEN = 'a0000000-0000-4000-8000-000000000002';
const CYD = 'a0000000-0000-4000-8000-000000000003';
const monday = mondayAfterNextWeek();

const [ann, ben, cyd] = await Promise.all([ANN, BEN, CYD].map((id) => signIn(id)));

say(`Ann, Ben and Cyd treat patients, and now and then each other, for credits instead of money. Each
     of them is signed in with supabase-js: ann, ben and cyd are clients with their own tokens; ANN, BEN
     and CYD are their ids. Ann and Cyd have been granted 100 credits each. monday is ${monday}.`);

await tell(
  'Ann looks for somebody who gives massages.',
  () => ann.rpc('search_peer_practitioners', { p_role: 'massage_therapist', p_duration_minutes: 60 })
    .then(only(({ practitioners }) => practitioners.map(({ name, credit_cost }) => ({ name, credit_cost })))),
  [{ name: 'Ben Brook', credit_cost: 60 }],
);

await tell(
  `She asks when Ben has an hour on that Monday; every two hours will do to look at. Each start that is
   listed could be booked now.`,
  () => ann.rpc('get_available_slots', {
    p_practitioner_id: BEN, p_from: monday, p_to: monday,
    p_duration_minutes: 60, p_step_minutes: 120,
  }).then(only(({ slots }) => slots.map((slot) => slot.start_time))),
  ['10:00', '12:00', '14:00', '16:00'],
);

await tell(
  'A quote is the reply that her booking would get, and writes nothing.',
  () => ann.rpc('quote_peer_booking', {
    p_client_id: ANN, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '10:00', p_duration_minutes: 60,
    p_session_type: 'massage',
  }),
  { success: true, session_id: null, credit_cost: 60, client_balance_before: 100, client_balance_after: 40 },
);

const { session_id } = await tell(
  'She books it. Session, payment, earning and messages are written together, or not at all.',
  () => ann.rpc('create_peer_booking', {
    p_client_id: ANN, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '10:00', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'ann-1',
  }),
  {
    success: true, status: 'scheduled', credit_cost: 60,
    client_balance_before: 100, client_balance_after: 40,
    practitioner_balance_before: 0, practitioner_balance_after: 60, replayed: false,
  },
);

await tell(
  'Cyd wants Ben at half past ten and is refused: Ann is there until eleven. Nothing is written.',
  () => cyd.rpc('create_peer_booking', {
    p_client_id: CYD, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '10:30', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'cyd-1',
  }),
  { success: false, error_code: 'SLOT_CONFLICT', error: 'This time slot is already taken' },
);

await tell(
  `Ann's phone lost the answer to her booking. It asks again with the same key and gets the same
   booking; she pays once.`,
  () => ann.rpc('create_peer_booking', {
    p_client_id: ANN, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '10:00', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'ann-1',
  }),
  { success: true, session_id, client_balance_before: 100, client_balance_after: 40, replayed: true },
);

await tell(
  'She would like another hour in the afternoon, but has 40 credits left.',
  () => ann.rpc('create_peer_booking', {
    p_client_id: ANN, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '14:00', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'ann-2',
  }),
  { success: false, error_code: 'INSUFFICIENT_CREDITS', details: { required: 60, available: 40 } },
);

await tell(
  'Ben looks at what he has earned.',
  () => ben.from('credits').select('balance, total_earned, total_spent').single(),
  { balance: 60, total_earned: 60, total_spent: 0 },
);

const when = `on ${inWords(monday)} at 10:00`;
await tell(
  'He finds two messages about it.',
  () => ben.from('notifications').select('title, body').order('title', { ascending: false }),
  [
    { title: 'New peer booking', body: `Ann Archer has booked a 60-minute session with you ${when}.` },
    {
      title: '60 credits earned',
      body: `60 credits earned from the session with Ann Archer ${when}. Your balance is 60.`,
    },
  ],
);

await tell(
  'Ann has to cancel. Ben has set no cancellation policy, so she gets all her credits back.',
  () => ann.rpc('process_peer_booking_refund', {
    p_session_id: session_id, p_cancellation_reason: 'I have a cold',
  }),
  {
    success: true, session_id, refunded_credits: 60, refund_percent: 100, credits_were_deducted: true,
    client_new_balance: 100, practitioner_new_balance: 0, practitioner_owes: 0,
  },
);

await tell(
  'Her ledger tells all of it; its rows are never changed.',
  () => ann.from('credit_transactions')
    .select('type:transaction_type, amount, balance_before, balance_after')
    .order('created_at'),
  [
    { type: 'bonus', amount: 100, balance_before: 0, balance_after: 100 },
    { type: 'session_payment', amount: 60, balance_before: 100, balance_after: 40 },
    { type: 'refund', amount: 60, balance_before: 40, balance_after: 100 },
  ],
);

const { session_id: asked_id } = await tell(
  `Next time Ann asks first. Ben's hour is kept for her until he answers, at most for two days, and so are her
   credits: they are hers, but held.`,
  () => ann.rpc('request_peer_booking', {
    p_client_id: ANN, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '10:00', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'ann-3',
  }),
  {
    success: true, status: 'pending_approval', credit_cost: 60,
    client_balance_before: 100, client_balance_after: 40,
    practitioner_balance_before: 0, practitioner_balance_after: 0, replayed: false,
  },
);

await tell(
  'Ben accepts, and it is the booking that she would have made.',
  () => ben.rpc('accept_peer_booking', { p_session_id: asked_id }),
  {
    success: true, session_id: asked_id, status: 'scheduled', credit_cost: 60,
    client_balance_before: 100, client_balance_after: 40,
    practitioner_balance_before: 0, practitioner_balance_after: 60, replayed: false,
  },
);

const { session_id: declined_id } = await tell(
  'Cyd asks for two in the afternoon.',
  () => cyd.rpc('request_peer_booking', {
    p_client_id: CYD, p_practitioner_id: BEN,
    p_session_date: monday, p_start_time: '14:00', p_duration_minutes: 60,
    p_session_type: 'massage', p_idempotency_key: 'cyd-2',
  }),
  { success: true, status: 'pending_approval', client_balance_before: 100, client_balance_after: 40 },
);

await tell(
  'Ben has no time then and declines.',
  () => ben.rpc('process_peer_booking_refund', {
    p_session_id: declined_id, p_cancellation_reason: 'I am away in the afternoon',
  }),
  { success: true, session_id: declined_id, refunded_credits: 60, refund_percent: 100, client_new_balance: 100 },
);

await tell(
  'Cyd is told, and can spend all of her credits again.',
  () => cyd.from('notifications').select('title, body'),
  [{
    title: 'Request declined',
    body: `Ben Brook has declined your request for a session on ${inWords(monday)} at 14:00: I am away in the
      afternoon. 60 credits are free again. Your balance is 100.`.replace(/\s+/g, ' '),
  }],
);

await tell(
  'Last, an administrator has psql compare every balance with the ledger: no row, no discrepancy.',
  () => psql('select finding, user_id, detail from peer_exchange.verify_ledger()'),
  ' finding | user_id | detail \n---------+---------+--------\n(0 rows)',
);

/** Part of a reply, for a story that has no room for all of it. */
function only(part) {
  return ({ data, error }) => ({ error, data: data && part(data) });
}

function psql(query) {
  const printed = execFileSync('psql', ['-X', '-d', process.env.PEER_EXCHANGE_PSQL, '-c', query], { encoding: 'utf8' });
  return { data: printed.trimEnd() };
}

/** A Monday at least a week ahead, as a date in UTC. */
function mondayAfterNextWeek() {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 7);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** As in 2 March 2026. */
function inWords(date) {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(date).toLocaleDateString('en-GB', format);
}
