// Made from the schemas, never by hand: `cargo xtask test typed-client --bless`.

/**
 * The present tier first; the last one has no end but the start of the session.
 *
 * @minItems 1
 */
export type RefundTerms = [RefundTier, ...RefundTier[]];

/**
 * What goes into the functions that PostgREST finds, and what comes out.
 */
export interface Functions {
  accept_peer_booking: AcceptPeerBooking;
  ack_notifications: AckNotifications;
  block_time: BlockTime;
  claim_notifications: ClaimNotifications;
  complete_peer_session: CompletePeerSession;
  create_calendar_feed: CreateCalendarFeed;
  create_peer_booking: CreatePeerBooking;
  fail_notification: FailNotification;
  get_available_slots: GetAvailableSlots;
  get_balance_history: GetBalanceHistory;
  get_calendar_feed: GetCalendarFeed;
  get_credit_statement: GetCreditStatement;
  get_my_calendar_feed: GetMyCalendarFeed;
  get_my_peer_sessions: GetMyPeerSessions;
  get_my_practice: GetMyPractice;
  get_peer_session: GetPeerSession;
  get_practitioner_credit_cost: GetPractitionerCreditCost;
  get_session_calendar: GetSessionCalendar;
  mark_notifications_read: MarkNotificationsRead;
  process_peer_booking_credits: ProcessPeerBookingCredits;
  process_peer_booking_refund: ProcessPeerBookingRefund;
  quote_peer_booking: QuotePeerBooking;
  rate_peer_session: RatePeerSession;
  report_peer_no_show: ReportPeerNoShow;
  request_peer_booking: RequestPeerBooking;
  reschedule_peer_booking: ReschedulePeerBooking;
  revoke_calendar_feed: RevokeCalendarFeed;
  save_product: SaveProduct;
  search_peer_practitioners: SearchPeerPractitioners;
  set_cancellation_policy: SetCancellationPolicy;
  set_practice_profile: SetPracticeProfile;
  set_working_hours: SetWorkingHours;
  unblock_time: UnblockTime;
}
export interface AcceptPeerBooking {
  arguments: {
    p_session_id: string;
  };
  reply:
    | Booked
    | MissingParameter
    | SessionNotFound
    | NotPeerBooking
    | NotARequest
    | RequestClosed
    | RequestExpired
    | (
        | ClientNotFound
        | PractitionerNotFound
        | ClientNotPractitioner
        | PractitionerNotEligible
        | ClientInactive
        | PractitionerInactive
      )
    | SelfBooking
    | (
        | SessionInPast
        | TooFarAhead
        | OutsideWorkingHours
        | PractitionerBlocked
        | SlotConflict
        | ClientConflict
      );
}
/**
 * A session is booked and paid for.
 */
export interface Booked {
  success: true;
  session_id: string;
  /**
   * `scheduled`; of a session that was inserted, its present status
   */
  status: string;
  credit_cost: number;
  client_balance_before: number;
  client_balance_after: number;
  /**
   * Null where an older generation of code left no entry of hers
   */
  practitioner_balance_before: number | null;
  practitioner_balance_after: number | null;
  /**
   * Where what is paid is held until the session has taken place
   */
  settles?: 'on_completion';
  /**
   * Whether this is the answer to an earlier call, and nothing happened now
   */
  replayed: boolean;
}
export interface MissingParameter {
  success: false;
  error_code: 'MISSING_PARAMETER';
  error: string;
  details: {
    parameter: string;
  };
  /**
   * Of a refund
   */
  refunded_credits?: 0;
}
export interface SessionNotFound {
  success: false;
  error_code: 'SESSION_NOT_FOUND';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
  /**
   * Of a refund
   */
  refunded_credits?: 0;
}
export interface NotPeerBooking {
  success: false;
  error_code: 'NOT_PEER_BOOKING';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
  /**
   * Of a refund
   */
  refunded_credits?: 0;
}
export interface NotARequest {
  success: false;
  error_code: 'NOT_A_REQUEST';
  error: string;
  details: {};
}
export interface RequestClosed {
  success: false;
  error_code: 'REQUEST_CLOSED';
  error: string;
  details: {
    status: string;
  };
}
export interface RequestExpired {
  success: false;
  error_code: 'REQUEST_EXPIRED';
  error: string;
  details: {};
}
export interface ClientNotFound {
  success: false;
  error_code: 'CLIENT_NOT_FOUND';
  error: string;
  details: {};
}
export interface PractitionerNotFound {
  success: false;
  error_code: 'PRACTITIONER_NOT_FOUND';
  error: string;
  details: {};
}
export interface ClientNotPractitioner {
  success: false;
  error_code: 'CLIENT_NOT_PRACTITIONER';
  error: string;
  details: {};
}
export interface PractitionerNotEligible {
  success: false;
  error_code: 'PRACTITIONER_NOT_ELIGIBLE';
  error: string;
  details: {};
}
export interface ClientInactive {
  success: false;
  error_code: 'CLIENT_INACTIVE';
  error: string;
  details: {};
}
export interface PractitionerInactive {
  success: false;
  error_code: 'PRACTITIONER_INACTIVE';
  error: string;
  details: {};
}
export interface SelfBooking {
  success: false;
  error_code: 'SELF_BOOKING';
  error: string;
  details: {};
}
export interface SessionInPast {
  success: false;
  error_code: 'SESSION_IN_PAST';
  error: string;
  details: {
    min_notice_minutes: number;
  };
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface TooFarAhead {
  success: false;
  error_code: 'TOO_FAR_AHEAD';
  error: string;
  details: {
    max_advance_days: number;
  };
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface OutsideWorkingHours {
  success: false;
  error_code: 'OUTSIDE_WORKING_HOURS';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface PractitionerBlocked {
  success: false;
  error_code: 'PRACTITIONER_BLOCKED';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface SlotConflict {
  success: false;
  error_code: 'SLOT_CONFLICT';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface ClientConflict {
  success: false;
  error_code: 'CLIENT_CONFLICT';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface AckNotifications {
  arguments: {
    p_ids: string[];
  };
  /**
   * How many were not delivered before
   */
  reply: number;
}
export interface BlockTime {
  arguments: {
    p_starts_at: string;
    p_ends_at: string;
    p_title?: string | null;
  };
  reply: BlockedTime | PractitionerNotFound | PractitionerNotEligible;
}
export interface BlockedTime {
  success: true;
  event_id: string;
  title: string;
  starts_at: string;
  ends_at: string;
  sessions_within: KeptSession[];
}
/**
 * A session that stays as it was booked.
 */
export interface KeptSession {
  session_id: string;
  status: string;
  /**
   * `YYYY-MM-DD`; an application's own session may lie in a year of more digits
   */
  session_date: string;
  start_time: string;
  timezone: string;
  /**
   * ISO 8601 in UTC; an application's own session may lie in a year of more digits
   */
  starts_at: string;
  /**
   * ISO 8601 in UTC; an application's own session may lie in a year of more digits
   */
  ends_at: string;
  duration_minutes: number;
  counterpart: {
    user_id: string;
    name: string;
  } | null;
}
export interface ClaimNotifications {
  arguments: {
    p_batch?: number;
    p_lease?: string;
  };
  reply: ClaimedNotification[];
}
export interface ClaimedNotification {
  notification_id: string;
  message_id: string;
  recipient_id: string;
  email: string | null;
  name: string | null;
  type: string;
  title: string | null;
  body: string | null;
  payload: {
    [k: string]: unknown;
  } | null;
  created_at: string | null;
  attempt: number;
  language: string | null;
  timezone: string | null;
  calendar: string | null;
}
export interface CompletePeerSession {
  arguments: {
    p_session_id: string;
  };
  reply: Settled | MissingParameter | SessionNotFound | NotPeerBooking | NotCompletable | SessionNotBegun;
}
/**
 * What became of a session is said.
 */
export interface Settled {
  success: true;
  session_id: string;
  status: 'completed' | 'no_show' | 'disputed';
  credit_cost: number;
  client_new_balance: number;
  client_held: number;
  practitioner_new_balance: number;
  practitioner_owes: number;
  /**
   * What the practitioner got now
   */
  settled_credits: number;
  /**
   * What the client got back now
   */
  returned_credits: number;
  /**
   * Until when a client's report can be contradicted
   */
  final_at?: string;
  /**
   * Whether this is the answer to an earlier call, and nothing happened now
   */
  replayed: boolean;
}
export interface NotCompletable {
  success: false;
  error_code: 'NOT_COMPLETABLE';
  error: string;
  details: {
    status: string;
  };
}
export interface SessionNotBegun {
  success: false;
  error_code: 'SESSION_NOT_BEGUN';
  error: string;
  details: {};
}
export interface CreateCalendarFeed {
  arguments: {};
  reply: NewCalendarFeed;
}
export interface NewCalendarFeed {
  success: true;
  /**
   * By which get_calendar_feed reads it; nobody can say it again
   */
  secret: string;
  created_at: string;
}
export interface CreatePeerBooking {
  arguments: {
    p_client_id: string;
    p_practitioner_id: string;
    p_session_date: string;
    p_start_time: string;
    p_duration_minutes: number;
    p_session_type: string;
    p_notes?: string | null;
    p_product_id?: string | null;
    p_idempotency_key?: string | null;
  };
  reply:
    | Booked
    | (
        | MissingParameter
        | InvalidDuration
        | IdempotencyKeyReused
        | SelfBooking
        | (
            | ClientNotFound
            | PractitionerNotFound
            | ClientNotPractitioner
            | PractitionerNotEligible
            | ClientInactive
            | PractitionerInactive
          )
        | ProductNotFound
        | (
            | SessionInPast
            | TooFarAhead
            | OutsideWorkingHours
            | PractitionerBlocked
            | SlotConflict
            | ClientConflict
          )
        | InsufficientCredits
      );
}
export interface InvalidDuration {
  success: false;
  error_code: 'INVALID_DURATION';
  error: string;
  details: {
    duration_minutes: number;
    max_duration_minutes: number;
  };
}
export interface IdempotencyKeyReused {
  success: false;
  error_code: 'IDEMPOTENCY_KEY_REUSED';
  error: string;
  details: {};
}
export interface ProductNotFound {
  success: false;
  error_code: 'PRODUCT_NOT_FOUND';
  error: string;
  details: {};
}
export interface InsufficientCredits {
  success: false;
  error_code: 'INSUFFICIENT_CREDITS';
  error: string;
  details: {
    required: number;
    available: number;
  };
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface FailNotification {
  arguments: {
    p_id: string;
    p_error: string | null;
  };
  /**
   * When it is tried again; null where it is not
   */
  reply: string | null;
}
export interface GetAvailableSlots {
  arguments: {
    p_practitioner_id: string;
    p_from: string;
    p_to: string;
    p_duration_minutes?: number | null;
    p_step_minutes?: number;
    p_product_id?: string | null;
    /**
     * The session that is to be moved
     */
    p_session_id?: string | null;
  };
  reply:
    | AvailableSlots
    | MissingParameter
    | InvalidDuration
    | SelfBooking
    | (
        | ClientNotFound
        | PractitionerNotFound
        | ClientNotPractitioner
        | PractitionerNotEligible
        | ClientInactive
        | PractitionerInactive
      )
    | ProductNotFound
    | InsufficientCredits
    | SessionNotFound
    | NotPeerBooking
    | ParticipantMismatch
    | AlreadyCancelled
    | NotReschedulable
    | RescheduleTooLate;
}
export interface AvailableSlots {
  success: true;
  practitioner_id: string;
  /**
   * That of dates and times in the slots
   */
  timezone: string;
  duration_minutes: number;
  credit_cost: number;
  cancellation_policy: CancellationPolicy;
  slots: Slot[];
}
/**
 * The policy that is in force for a practitioner's clients; hours count back from the start.
 */
export interface CancellationPolicy {
  full_refund_hours: number;
  partial_refund_hours: number;
  partial_refund_percent: number;
}
export interface Slot {
  session_date: string;
  start_time: string;
  starts_at: string;
  ends_at: string;
}
export interface ParticipantMismatch {
  success: false;
  error_code: 'PARTICIPANT_MISMATCH';
  error: string;
  details: {};
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
}
export interface AlreadyCancelled {
  success: false;
  error_code: 'ALREADY_CANCELLED';
  error: string;
  details: {
    refunded_credits: number;
  };
  /**
   * Of a booking, as soon as it is known
   */
  credit_cost?: number;
  /**
   * Of a refund
   */
  refunded_credits?: 0;
}
export interface NotReschedulable {
  success: false;
  error_code: 'NOT_RESCHEDULABLE';
  error: string;
  details: {
    status: string;
  };
}
export interface RescheduleTooLate {
  success: false;
  error_code: 'RESCHEDULE_TOO_LATE';
  error: string;
  details: {
    refund_percent: number;
  };
}
export interface GetBalanceHistory {
  arguments: {
    p_from?: string | null;
    p_to?: string | null;
  };
  reply: BalanceHistory;
}
export interface BalanceHistory {
  /**
   * Whose midnight the days end at
   */
  timezone: string;
  from: string;
  to: string;
  days: DayOfBalance[];
}
export interface DayOfBalance {
  date: string;
  /**
   * As it stood at the end of the day
   */
  balance: number;
  held: number;
  owed: number;
  /**
   * By sessions given, less what was taken back
   */
  earned: number;
  /**
   * On sessions received, less what came back
   */
  spent: number;
  /**
   * Grants, corrections and the like
   */
  other: number;
}
export interface GetCalendarFeed {
  arguments: {
    p_secret: string;
  };
  /**
   * An iCalendar object, of the media type text/calendar
   */
  reply: string;
}
export interface GetCreditStatement {
  arguments: {
    p_from?: string | null;
    p_to?: string | null;
    p_limit?: number | null;
    p_before?: string | null;
    /**
     * Entries of this kind alone
     */
    p_kind?: 'earned' | 'spent' | 'held' | 'refunded' | 'granted' | 'adjusted' | null;
    /**
     * Entries of sessions with this person alone
     */
    p_counterpart_id?: string | null;
  };
  reply: CreditStatement;
}
export interface CreditStatement {
  balance: number;
  held: number;
  /**
   * What can be booked with
   */
  available: number;
  will_take: number;
  will_bring: number;
  owed: number;
  total_earned: number;
  total_spent: number;
  /**
   * `p_before` of the next page; null on the last one
   */
  next_before: string | null;
  entries: CreditEntry[];
}
export interface CreditEntry {
  entry_id: string;
  /**
   * Null where an older generation of code left none
   */
  created_at: string | null;
  transaction_type: string;
  credits: number;
  balance_after: number;
  held_after: number;
  owed_after: number;
  description: string | null;
  counterpart: {
    user_id: string;
    name: string;
  } | null;
  session: SessionOfEntry | null;
}
export interface SessionOfEntry {
  session_id: string;
  session_date: string | null;
  start_time: string | null;
  timezone: string;
  starts_at: string | null;
  duration_minutes: number;
  status: string;
}
export interface GetMyCalendarFeed {
  arguments: {};
  reply: OwnCalendarFeed;
}
export interface OwnCalendarFeed {
  /**
   * Null where there is none
   */
  created_at: string | null;
  /**
   * Whether feeds are read without signing in
   */
  is_open: boolean;
}
export interface GetMyPeerSessions {
  arguments: {
    p_scope?: string | null;
    p_limit?: number | null;
    p_before?: string | null;
  };
  reply: PeerSessions;
}
export interface PeerSessions {
  /**
   * `p_before` of the next page; null on the last one
   */
  next_before: string | null;
  sessions: PeerSession[];
}
export interface PeerSession {
  session_id: string;
  as: 'client' | 'practitioner';
  status: string;
  payment_status: string | null;
  /**
   * `YYYY-MM-DD`; an application's own session may lie in a year of more digits
   */
  session_date: string;
  start_time: string;
  timezone: string;
  /**
   * ISO 8601 in UTC; an application's own session may lie in a year of more digits
   */
  starts_at: string;
  /**
   * ISO 8601 in UTC; an application's own session may lie in a year of more digits
   */
  ends_at: string;
  duration_minutes: number;
  /**
   * Null where nobody has said so
   */
  place: Place | null;
  session_type: string | null;
  notes: string | null;
  credit_cost: number | null;
  held_credits: number;
  /**
   * Until when a request waits
   */
  expires_at: string | null;
  /**
   * Null where the other person has been deleted
   */
  counterpart: {
    user_id: string;
    name: string;
    email: string | null;
    /**
     * Of somebody with whom the session takes place or has taken place
     */
    phone: string | null;
  } | null;
  /**
   * What would go back to the client if the caller cancelled now; null where she can not
   */
  refund_now: {
    credits: number;
    percent: number;
  } | null;
  /**
   * What would go back by when the caller, as its client, cancels; else null
   */
  refund_terms: RefundTerms | null;
  can_cancel: boolean;
  /**
   * Why process_peer_booking_refund would not cancel it for the caller now
   */
  cancel_obstacle: Obstacle | null;
  can_reschedule: boolean;
  /**
   * Why reschedule_peer_booking would move it nowhere for the caller now
   */
  reschedule_obstacle: Obstacle | null;
  /**
   * Whether it is a request that waits for the caller
   */
  can_accept: boolean;
  cancelled_at: string | null;
  cancellation_reason: string | null;
  /**
   * What its client said of it; null where she has not, or ratings are kept elsewhere
   */
  rating: {
    stars: number;
    comment: string | null;
    rated_at: string | null;
  } | null;
  /**
   * Whether rate_peer_session takes a rating of the caller's now
   */
  can_rate: boolean;
  /**
   * Of get_peer_session alone: what happened to it, oldest first
   */
  history?: SessionEvent[];
}
/**
 * Where a session takes place.
 */
export interface Place {
  kind: 'address' | 'online';
  /**
   * The address, or what is said besides a link
   */
  text: string | null;
  /**
   * The link to a meeting
   */
  url: string | null;
}
/**
 * So much goes back to a client who cancels until then.
 */
export interface RefundTier {
  percent: number;
  credits: number;
  /**
   * This instant included; null for as long as she can cancel
   */
  until: string | null;
}
/**
 * The refusal that a call would get now.
 */
export interface Obstacle {
  error_code: string;
  error: string;
}
/**
 * Something that happened to a session.
 */
export interface SessionEvent {
  event:
    | 'requested'
    | 'booked'
    | 'accepted'
    | 'held'
    | 'paid'
    | 'moved'
    | 'no_show_reported'
    | 'disputed'
    | 'settled'
    | 'cancelled'
    | 'declined'
    | 'withdrawn'
    | 'expired'
    | 'released'
    | 'refunded';
  at: string | null;
  /**
   * Null where it follows from something else
   */
  by: 'client' | 'practitioner' | 'application' | 'system' | null;
  /**
   * That were held, paid, released or refunded
   */
  credits?: number;
  reason?: string;
  from?: ToldStart;
  to?: ToldStart;
}
/**
 * When a session was to begin.
 */
export interface ToldStart {
  session_date: string;
  start_time: string;
  /**
   * Neither is known of what version 0.1.0 moved
   */
  timezone: string | null;
  starts_at: string | null;
}
export interface GetMyPractice {
  arguments: {};
  reply: Practice | PractitionerNotFound | PractitionerNotEligible;
}
export interface Practice {
  success: true;
  user_id: string;
  name: string;
  user_role: string | null;
  is_active: boolean;
  location: string | null;
  visit_address: string | null;
  specializations: string[];
  /**
   * That of her wall clock
   */
  timezone: string;
  /**
   * Null where the setting counts
   */
  published_timezone: string | null;
  working_hours: WorkingHours;
  /**
   * What of her hours can not be read
   */
  unreadable_hours: string | null;
  /**
   * In which hours she is offered while she has published none: any, none, or a range
   */
  unpublished_hours: string;
  blocks: BlockedPeriod[];
  cancellation_policy: CancellationPolicy;
  has_own_cancellation_policy: boolean;
  products: OwnProduct[];
  rating: number | null;
  rating_count: number | null;
  open_requests: number;
  will_bring: number;
  will_take: number;
}
/**
 * As they can be published again; without weekdays where none are published.
 */
export interface WorkingHours {
  monday?: HoursOfDay;
  tuesday?: HoursOfDay;
  wednesday?: HoursOfDay;
  thursday?: HoursOfDay;
  friday?: HoursOfDay;
  saturday?: HoursOfDay;
  sunday?: HoursOfDay;
  /**
   * By date, instead of the hours of its weekday
   */
  exceptions?: {
    [k: string]: HoursRange[];
  };
}
export interface HoursOfDay {
  enabled: boolean;
  hours: HoursRange[];
}
/**
 * On the practitioner's clock; an end that is not after the start is on the next day.
 */
export interface HoursRange {
  start: string;
  end: string;
}
export interface BlockedPeriod {
  event_id: string;
  title: string | null;
  starts_at: string;
  ends_at: string;
}
export interface OwnProduct {
  product_id: string;
  name: string | null;
  duration_minutes: number | null;
  credit_cost: number | null;
  is_active: boolean;
}
export interface GetPeerSession {
  arguments: {
    p_session_id: string;
  };
  reply: FoundPeerSession | MissingParameter | SessionNotFound;
}
export interface FoundPeerSession {
  success: true;
  session: PeerSession;
}
export interface GetPractitionerCreditCost {
  arguments: {
    p_practitioner_id: string;
    p_duration_minutes: number;
    p_product_id?: string | null;
  };
  reply: number;
}
export interface GetSessionCalendar {
  arguments: {
    p_session_id: string;
  };
  reply: SessionCalendar | MissingParameter | SessionNotFound;
}
export interface SessionCalendar {
  success: true;
  session_id: string;
  /**
   * An iCalendar object
   */
  calendar: string;
}
export interface MarkNotificationsRead {
  arguments: {
    p_ids: string[];
  };
  /**
   * How many were unread
   */
  reply: number;
}
export interface ProcessPeerBookingCredits {
  arguments: {
    p_client_id: string;
    p_practitioner_id: string;
    p_session_id: string;
    p_duration_minutes: number;
    p_product_id?: string | null;
  };
  reply:
    | Booked
    | MissingParameter
    | InvalidDuration
    | SelfBooking
    | (
        | ClientNotFound
        | PractitionerNotFound
        | ClientNotPractitioner
        | PractitionerNotEligible
        | ClientInactive
        | PractitionerInactive
      )
    | ProductNotFound
    | (
        | SessionInPast
        | TooFarAhead
        | OutsideWorkingHours
        | PractitionerBlocked
        | SlotConflict
        | ClientConflict
      )
    | InsufficientCredits
    | SessionNotFound
    | NotPeerBooking
    | ParticipantMismatch
    | AlreadyCancelled;
}
export interface ProcessPeerBookingRefund {
  arguments: {
    p_session_id: string;
    p_cancellation_reason?: string | null;
  };
  reply:
    Cancelled | (MissingParameter | SessionNotFound | NotPeerBooking | AlreadyCancelled | NotCancellable);
}
/**
 * A session is cancelled.
 */
export interface Cancelled {
  success: true;
  session_id: string;
  refunded_credits: number;
  /**
   * The share that went back
   */
  refund_percent: number;
  /**
   * Whether it had ever been charged
   */
  credits_were_deducted: boolean;
  client_new_balance: number;
  practitioner_new_balance: number;
  practitioner_owes: number;
}
export interface NotCancellable {
  success: false;
  error_code: 'NOT_CANCELLABLE';
  error: string;
  details: {
    status: string;
  };
  /**
   * Of a refund
   */
  refunded_credits?: 0;
}
export interface QuotePeerBooking {
  arguments: {
    p_client_id: string;
    p_practitioner_id: string;
    p_session_date: string;
    p_start_time: string;
    p_duration_minutes: number;
    p_session_type: string;
    p_notes?: string | null;
    p_product_id?: string | null;
    p_idempotency_key?: string | null;
  };
  reply:
    | Quoted
    | (
        | MissingParameter
        | InvalidDuration
        | IdempotencyKeyReused
        | SelfBooking
        | (
            | ClientNotFound
            | PractitionerNotFound
            | ClientNotPractitioner
            | PractitionerNotEligible
            | ClientInactive
            | PractitionerInactive
          )
        | ProductNotFound
        | (
            | SessionInPast
            | TooFarAhead
            | OutsideWorkingHours
            | PractitionerBlocked
            | SlotConflict
            | ClientConflict
          )
        | InsufficientCredits
      );
}
/**
 * A booking would be made so.
 */
export interface Quoted {
  success: true;
  /**
   * That of the booking that was made under this key before
   */
  session_id: string | null;
  status: string;
  credit_cost: number;
  client_balance_before: number;
  client_balance_after: number;
  practitioner_balance_before: number;
  practitioner_balance_after: number;
  /**
   * Where what is paid is held until the session has taken place
   */
  settles?: 'on_completion';
  /**
   * Of a request that was made under this key before
   */
  expires_at?: string;
  /**
   * What request_peer_booking would answer instead
   */
  request?: {
    status: 'pending_approval';
    expires_at: string;
  };
  refund_terms?: RefundTerms;
  /**
   * Whether this is the answer to an earlier call, and nothing happened now
   */
  replayed: boolean;
}
export interface RatePeerSession {
  arguments: {
    p_session_id: string;
    p_stars: number;
    p_comment?: string | null;
  };
  reply:
    | Rated
    | MissingParameter
    | InvalidRating
    | RatedElsewhere
    | SessionNotFound
    | NotPeerBooking
    | NotCompleted
    | RatingClosed;
}
export interface Rated {
  success: true;
  session_id: string;
  stars: number;
  comment: string | null;
  rated_at: string | null;
  /**
   * Null where nobody knows when the session ended: for ever
   */
  changeable_until: string | null;
  /**
   * Whether it had been rated so before
   */
  replayed: boolean;
}
export interface InvalidRating {
  success: false;
  error_code: 'INVALID_RATING';
  error: string;
  details: {
    stars: number;
    min_stars: number;
    max_stars: number;
  };
}
export interface RatedElsewhere {
  success: false;
  error_code: 'RATED_ELSEWHERE';
  error: string;
  details: {};
}
export interface NotCompleted {
  success: false;
  error_code: 'NOT_COMPLETED';
  error: string;
  details: {
    status: string;
  };
}
export interface RatingClosed {
  success: false;
  error_code: 'RATING_CLOSED';
  error: string;
  details: {
    closed_at: string;
  };
}
export interface ReportPeerNoShow {
  arguments: {
    p_session_id: string;
    p_reason?: string | null;
  };
  reply: Settled | MissingParameter | SessionNotFound | NotPeerBooking | NotReportable | SessionNotBegun;
}
export interface NotReportable {
  success: false;
  error_code: 'NOT_REPORTABLE';
  error: string;
  details: {
    status: string;
  };
}
export interface RequestPeerBooking {
  arguments: {
    p_client_id: string;
    p_practitioner_id: string;
    p_session_date: string;
    p_start_time: string;
    p_duration_minutes: number;
    p_session_type: string;
    p_notes?: string | null;
    p_product_id?: string | null;
    p_idempotency_key?: string | null;
  };
  reply:
    | Requested
    | (
        | MissingParameter
        | InvalidDuration
        | IdempotencyKeyReused
        | SelfBooking
        | (
            | ClientNotFound
            | PractitionerNotFound
            | ClientNotPractitioner
            | PractitionerNotEligible
            | ClientInactive
            | PractitionerInactive
          )
        | ProductNotFound
        | (
            | SessionInPast
            | TooFarAhead
            | OutsideWorkingHours
            | PractitionerBlocked
            | SlotConflict
            | ClientConflict
          )
        | InsufficientCredits
      );
}
/**
 * A session is asked for, and its cost is held.
 */
export interface Requested {
  success: true;
  session_id: string;
  status: 'pending_approval';
  credit_cost: number;
  client_balance_before: number;
  client_balance_after: number;
  practitioner_balance_before: number;
  practitioner_balance_after: number;
  /**
   * Until when it waits for an answer
   */
  expires_at: string;
  /**
   * Whether this is the answer to an earlier call, and nothing happened now
   */
  replayed: boolean;
}
export interface ReschedulePeerBooking {
  arguments: {
    p_session_id: string;
    p_session_date: string;
    p_start_time: string;
    p_idempotency_key?: string | null;
  };
  reply:
    | Moved
    | MissingParameter
    | SessionNotFound
    | NotPeerBooking
    | IdempotencyKeyReused
    | AlreadyCancelled
    | NotReschedulable
    | (
        | ClientNotFound
        | PractitionerNotFound
        | ClientNotPractitioner
        | PractitionerNotEligible
        | ClientInactive
        | PractitionerInactive
      )
    | (
        | SessionInPast
        | TooFarAhead
        | OutsideWorkingHours
        | PractitionerBlocked
        | SlotConflict
        | ClientConflict
      )
    | RescheduleTooLate;
}
/**
 * A session is moved.
 */
export interface Moved {
  success: true;
  session_id: string;
  status: string;
  session_date: string;
  start_time: string;
  timezone: string;
  starts_at: string;
  ends_at: string;
  duration_minutes: number;
  previous_session_date: string;
  previous_start_time: string;
  previous_timezone: string;
  previous_starts_at: string;
  credit_cost: number;
  /**
   * Whether this is the answer to an earlier call, and nothing happened now
   */
  replayed: boolean;
}
export interface RevokeCalendarFeed {
  arguments: {};
  reply: RevokedCalendarFeed;
}
export interface RevokedCalendarFeed {
  success: true;
  /**
   * Whether there was one
   */
  revoked: boolean;
}
export interface SaveProduct {
  arguments: {
    p_product_id: string | null;
    p_name: string;
    p_duration_minutes?: number | null;
    p_credit_cost?: number | null;
    p_is_active?: boolean | null;
  };
  reply: SavedProduct | PractitionerNotFound | PractitionerNotEligible | ProductNotFound;
}
export interface SavedProduct {
  success: true;
  product_id: string;
  name: string;
  duration_minutes: number | null;
  credit_cost: number | null;
  is_active: boolean;
}
export interface SearchPeerPractitioners {
  arguments: {
    p_query?: string | null;
    p_role?: string | null;
    p_location?: string | null;
    p_specialization?: string | null;
    p_duration_minutes?: number;
    p_limit?: number;
    p_offset?: number;
  };
  reply: FoundPractitioners;
}
export interface FoundPractitioners {
  total: number;
  practitioners: FoundPractitioner[];
}
export interface FoundPractitioner {
  practitioner_id: string;
  name: string;
  user_role: string;
  location: string | null;
  specializations: string[];
  credit_cost: number;
  rating: number | null;
  rating_count: number | null;
  completed_sessions: number;
  cancellation_policy: CancellationPolicy;
  next_free_slot: NextFreeSlot | null;
}
export interface NextFreeSlot {
  session_date: string;
  start_time: string;
  starts_at: string;
  timezone: string;
}
export interface SetCancellationPolicy {
  arguments: {
    p_full_refund_hours: number | null;
    p_partial_refund_hours: number | null;
    p_partial_refund_percent: number | null;
  };
  reply: PolicyInForce | PractitionerNotFound | PractitionerNotEligible;
}
export interface PolicyInForce {
  success: true;
  cancellation_policy: CancellationPolicy;
  has_own_cancellation_policy: boolean;
}
export interface SetPracticeProfile {
  arguments: {
    p_location?: string | null;
    p_visit_address?: string | null;
    p_specializations?: string[] | null;
  };
  reply: PracticeProfile | PractitionerNotFound | PractitionerNotEligible;
}
export interface PracticeProfile {
  success: true;
  location: string | null;
  visit_address: string | null;
  specializations: string[];
}
export interface SetWorkingHours {
  arguments: {
    p_working_hours: WorkingHours;
    p_timezone: string | null;
  };
  reply: PublishedHours | PractitionerNotFound | PractitionerNotEligible;
}
export interface PublishedHours {
  success: true;
  timezone: string;
  working_hours: WorkingHours;
  sessions_outside: KeptSession[];
}
export interface UnblockTime {
  arguments: {
    p_event_id: string;
  };
  reply: UnblockedTime | PractitionerNotFound | PractitionerNotEligible | BlockNotFound;
}
export interface UnblockedTime {
  success: true;
  event_id: string;
}
export interface BlockNotFound {
  success: false;
  error_code: 'BLOCK_NOT_FOUND';
  error: string;
  details: {};
}
