// What the functions of peer_exchange answer, by the words of this page. docs/reference.md says what each field means.
import type { RefusalCode, Success } from '@peer-exchange/client';

export type {
  CreditEntry as StatementEntry,
  CreditStatement as Statement,
  FoundPractitioner as Practitioner,
  NewCalendarFeed as NewFeed,
  OwnCalendarFeed as OwnFeed,
  PeerSession,
  Place,
  RefundTier,
  SessionEvent,
  Settled as Settlement,
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

export type { Notification, NotificationPayload } from '@peer-exchange/client/hooks';
