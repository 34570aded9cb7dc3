import { createClient } from '@supabase/supabase-js';
import { peerExchange } from '@peer-exchange/client';
import type { RefusalCode, WithPeerExchange } from '@peer-exchange/client';
import type { Database } from './database.js';

const supabase = createClient<WithPeerExchange<Database>>('http://localhost', 'key');

const wish = {
  p_client_id: 'ann',
  p_practitioner_id: 'ben',
  p_session_date: '2027-03-01',
  p_start_time: '10:00',
  p_duration_minutes: 60,
  p_session_type: 'massage',
  p_notes: null,
};

// The lines of the README.
const { data, error } = await supabase.rpc('create_peer_booking', {
  ...wish,
  p_idempotency_key: crypto.randomUUID(),
});
if (error) throw error;
if (!data.success) show(data.error);
else show(`${data.credit_cost satisfies number} credits`);

// Tables and functions of the application are what they were.
const { data: people } = await supabase.from('users').select('first_name').limit(1);
show(people?.[0]?.first_name ?? '');
// @ts-expect-error: there is no such table
supabase.from('no_such_table');
// @ts-expect-error: there is no such function
supabase.rpc('no_such_function', {});
// @ts-expect-error: who pays is missing
supabase.rpc('create_peer_booking', { p_practitioner_id: 'ben' });
// @ts-expect-error: minutes are a number
supabase.rpc('get_practitioner_credit_cost', { p_practitioner_id: 'ben', p_duration_minutes: '60' });

const exchange = peerExchange(supabase);
const reply = await exchange.call('create_peer_booking', wish);
if (reply.success) show(reply.session_id);
else show(advice(reply.error_code));

/** Every code of a booking is here, and no other: else this does not compile. */
function advice(code: RefusalCode<'create_peer_booking'>): string {
  switch (code) {
    case 'MISSING_PARAMETER':
    case 'INVALID_DURATION':
    case 'IDEMPOTENCY_KEY_REUSED':
    case 'SELF_BOOKING':
      return 'Try something else';
    case 'CLIENT_NOT_FOUND':
    case 'CLIENT_NOT_PRACTITIONER':
    case 'CLIENT_INACTIVE':
      return 'Sign in again';
    case 'PRACTITIONER_NOT_FOUND':
    case 'PRACTITIONER_NOT_ELIGIBLE':
    case 'PRACTITIONER_INACTIVE':
    case 'PRODUCT_NOT_FOUND':
      return 'Choose somebody else';
    case 'SESSION_IN_PAST':
    case 'TOO_FAR_AHEAD':
    case 'OUTSIDE_WORKING_HOURS':
    case 'PRACTITIONER_BLOCKED':
    case 'SLOT_CONFLICT':
    case 'CLIENT_CONFLICT':
      return 'Choose another time';
    case 'INSUFFICIENT_CREDITS':
      return 'Choose something shorter';
  }
}

// The union is told apart by the code, details included.
const moved = await exchange.call('reschedule_peer_booking', {
  p_session_id: 'session',
  p_session_date: '2027-03-02',
  p_start_time: '10:00',
});
if (!moved.success && moved.error_code === 'RESCHEDULE_TOO_LATE') {
  show(`${moved.details.refund_percent satisfies number} %`);
  // @ts-expect-error: what is required is a detail of another refusal
  moved.details.required;
}
// @ts-expect-error: a move is never refused so
if (!moved.success && moved.error_code === 'INSUFFICIENT_CREDITS') show('');
const cost = await exchange.call('get_practitioner_credit_cost', {
  p_practitioner_id: 'ben',
  p_duration_minutes: 60,
});
show(`${cost satisfies number} credits`);

function show(text: string): void {
  console.log(text);
}
