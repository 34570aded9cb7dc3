// What the functions of peer_exchange answer. docs/reference.md says what each field means.
import type { RefusalCode } from './refusals';

/** A rule turned the request down, and nothing was written. */
export interface Refusal {
  success: false;
  error_code: RefusalCode;
  error: string;
  details: Record<string, unknown>;
}

/** Either it happened wholly, or it was refused; a fault is thrown instead. */
export type Reply<Success> = ({ success: true } & Success) | Refusal;

export type Role = 'osteopath' | 'sports_therapist' | 'massage_therapist';

/** A date and a time on the practitioner's wall clock. */
export interface WallClock {
  session_date: string;
  start_time: string;
}

export interface Slot extends WallClock {
  starts_at: string;
  ends_at: string;
}

export interface Practitioner {
  practitioner_id: string;
  name: string;
  user_role: string;
  location: string | null;
  specializations: string[];
  credit_cost: number;
  rating: number | null;
  rating_count: number | null;
  completed_sessions: number;
  next_free_slot: (WallClock & { starts_at: string; timezone: string }) | null;
}

export interface SearchResult {
  total: number;
  practitioners: Practitioner[];
}

export interface FreeTime {
  practitioner_id: string;
  timezone: string;
  duration_minutes: number;
  credit_cost: number;
  slots: Slot[];
}

export interface Booking {
  session_id: string | null;
  status: string;
  credit_cost: number;
  client_balance_before: number;
  client_balance_after: number;
  practitioner_balance_before: number;
  practitioner_balance_after: number;
  /** Where what is paid is held until the session has taken place. */
  settles?: 'on_completion';
  /** Until when a request waits for an answer. */
  expires_at?: string;
  replayed: boolean;
}

/** What was said of a session that has begun, and which credits that moved. */
export interface Settlement {
  session_id: string;
  status: 'completed' | 'no_show' | 'disputed';
  settled_credits: number;
  returned_credits: number;
  /** Until when a client's report can be contradicted. */
  final_at?: string;
}

export interface Cancellation {
  session_id: string;
  refunded_credits: number;
  refund_percent: number;
  credits_were_deducted: boolean;
  client_new_balance: number;
  practitioner_new_balance: number;
  practitioner_owes: number;
}

export interface Move extends WallClock {
  session_id: string;
  status: string;
  duration_minutes: number;
  previous_session_date: string;
  previous_start_time: string;
  credit_cost: number;
  replayed: boolean;
}

export interface StatementEntry {
  entry_id: string;
  /** Null in entries of an older generation that kept no time. */
  created_at: string | null;
  transaction_type:
    | 'session_hold'
    | 'session_hold_release'
    | 'session_payment'
    | 'session_earning'
    | 'refund'
    | 'session_earning_reversal'
    | 'bonus'
    | 'adjustment';
  credits: number;
  balance_after: number;
  held_after: number;
  owed_after: number;
  description: string | null;
  counterpart: { user_id: string; name: string } | null;
  session:
    | (WallClock & {
        session_id: string;
        timezone: string;
        starts_at: string;
        duration_minutes: number;
        status: string;
      })
    | null;
}

export interface Statement {
  balance: number;
  held: number;
  /** What can be booked with. */
  available: number;
  will_take: number;
  will_bring: number;
  owed: number;
  total_earned: number;
  total_spent: number;
  next_before: string | null;
  entries: StatementEntry[];
}

export interface PeerSession extends WallClock {
  session_id: string;
  as: 'client' | 'practitioner';
  status: string;
  payment_status: string | null;
  timezone: string;
  starts_at: string;
  ends_at: string;
  duration_minutes: number;
  session_type: string | null;
  notes: string | null;
  credit_cost: number | null;
  /** Null where the other person has been deleted: then nothing more can be done about the session. */
  counterpart: { user_id: string; name: string; email: string } | null;
  refund_now: { credits: number; percent: number } | null;
  can_cancel: boolean;
  can_reschedule: boolean;
  /** A request that waits for this person. */
  can_accept: boolean;
  held_credits: number;
  /** Until when a request waits. */
  expires_at: string | null;
  cancelled_at: string | null;
  cancellation_reason: string | null;
}

export interface PeerSessions {
  next_before: string | null;
  sessions: PeerSession[];
}

export interface NotificationPayload {
  session_id?: string;
  session_date?: string;
  start_time?: string;
  timezone?: string;
  starts_at?: string;
  ends_at?: string;
  previous_session_date?: string;
  previous_start_time?: string;
  previous_timezone?: string;
  previous_starts_at?: string;
}

export interface Notification {
  id: string;
  type: string;
  title: string;
  body: string;
  /** What the text says, as data; notifications of the application's own may have anything here. */
  payload: NotificationPayload | null;
  read_at: string | null;
  created_at: string;
}
