// What the functions of peer_exchange answer, by the words of this page. docs/reference.md says what each field means.
import type { RefusalCode, Success } from '@peer-exchange/client';

export type {
  AvailableSlots as FreeTime,
  Cancelled as Cancellation,
  CreditEntry as StatementEntry,
  CreditStatement as Statement,
  FoundPractitioner as Practitioner,
  Moved as Move,
  NewCalendarFeed as NewFeed,
  OwnCalendarFeed as OwnFeed,
  PeerSession,
  Place,
  RefundTier,
  SessionEvent,
  Settled as Settlement,
  Slot,
} from '@peer-exchange/client';

/** What a request, a booking or a quote of one answers. */
export type Booking = Success<'create_peer_booking' | 'request_peer_booking' | 'quote_peer_booking'>;

/** A rule turned the request down, and nothing was written. */
export interface Refusal {
  success: false;
  error_code: RefusalCode;
  error: string;
  details: Record<string, unknown>;
}

export type Role = 'osteopath' | 'sports_therapist' | 'massage_therapist';

/** A date and a time on the practitioner's wall clock. */
export interface WallClock {
  session_date: string;
  start_time: string;
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
