// Everything that the page asks of the server.
import { createClient } from '@supabase/supabase-js';
import { ask, peerExchange } from '@peer-exchange/client';
import type { Arguments, CreditEntry, CreditStatement, PeerSessions } from '@peer-exchange/client';
import type { Person } from '../signin/people';
import type { CancellationPolicy, ProductDraft, Profile, WorkingHours } from './practice';
import type { Notification, WallClock } from './replies';

export interface SearchTerms {
  query: string;
  role: string;
  location: string;
  specialization: string;
  duration_minutes: number;
}

/** Terms that everybody fits. */
export const NO_TERMS: SearchTerms = {
  query: '',
  role: '',
  location: '',
  specialization: '',
  duration_minutes: 60,
};

/** How far apart the free times are that are shown. */
const STEP_MINUTES = 30;

/** More than these a search doesn't return at once. */
const MOST_RESULTS = 50;

const MOST_SESSIONS = 100;
const MOST_ENTRIES = 200;
/** So many notifications mark_notifications_read takes at once, and PostgREST usually gives. */
const MOST_NOTIFICATIONS = 1_000;
const NEWEST_FIRST = { ascending: false };

export type EntryKind = NonNullable<Arguments<'get_credit_statement'>['p_kind']>;

/** Which entries of a statement; null where it does not matter. */
export interface Extract {
  from: string | null;
  to: string | null;
  kind: EntryKind | null;
  counterpartId: string | null;
}

export const EVERYTHING: Extract = { from: null, to: null, kind: null, counterpartId: null };

export interface Counterpart {
  user_id: string;
  name: string;
}

/** A booking as it is requested. */
export interface BookingWish extends WallClock {
  client_id: string;
  practitioner_id: string;
  duration_minutes: number;
  session_type: string;
  notes: string;
}

export type Api = ReturnType<typeof connect>;

/** A client that acts as the person of this token. In Supabase, supabase.auth has the token. */
export function connect(token: string) {
  const client = createClient(location.origin, token, { accessToken: async () => token });

  const { call } = peerExchange(client);

  const search = (terms: SearchTerms, limit: number, offset: number) =>
    call('search_peer_practitioners', {
      p_query: terms.query,
      p_role: terms.role,
      p_location: terms.location,
      p_specialization: terms.specialization,
      p_duration_minutes: terms.duration_minutes,
      p_limit: limit,
      p_offset: offset,
    });

  const sessions = (scope: 'upcoming' | 'past' | 'all', limit: number, before: string | null) =>
    call('get_my_peer_sessions', { p_scope: scope, p_limit: limit, p_before: before });

  const statement = (extract: Extract, limit: number, before: string | null) =>
    call('get_credit_statement', {
      p_from: extract.from,
      p_to: extract.to,
      p_kind: extract.kind,
      p_counterpart_id: extract.counterpartId,
      p_limit: limit,
      p_before: before,
    });

  const ownNotifications = (columns: string, options?: { count: 'exact'; head: boolean }) =>
    client.from('notifications').select<string, Notification>(columns, options);

  const markRead = (ids: string[]) => call('mark_notifications_read', { p_ids: ids });

  return {
    search,

    /** Null where a search finds nobody of this id: people see of others what it shows. */
    practitioner: async (id: string): Promise<Person | null> => {
      for (let offset = 0; ; offset += MOST_RESULTS) {
        const { total, practitioners } = await search(NO_TERMS, MOST_RESULTS, offset);
        const found = practitioners.find((practitioner) => practitioner.practitioner_id === id);
        if (found) return { user_id: id, name: found.name, user_role: found.user_role };
        if (offset + MOST_RESULTS >= total) return null;
      }
    },

    freeTime: (practitionerId: string, from: string, to: string, durationMinutes: number) =>
      call('get_available_slots', {
        p_practitioner_id: practitionerId,
        p_from: from,
        p_to: to,
        p_duration_minutes: durationMinutes,
        p_step_minutes: STEP_MINUTES,
      }),

    /** Where a session of one's own can be moved to. */
    freeTimeToMove: (sessionId: string, practitionerId: string, from: string, to: string) =>
      call('get_available_slots', {
        p_practitioner_id: practitionerId,
        p_from: from,
        p_to: to,
        p_step_minutes: STEP_MINUTES,
        p_session_id: sessionId,
      }),

    quote: (wish: BookingWish) => call('quote_peer_booking', bookingArguments(wish)),

    book: (wish: BookingWish, onDelay: () => void) =>
      call('create_peer_booking', bookingArguments(wish), { onDelay }),

    /** The same, but the other one is to accept it first. */
    request: (wish: BookingWish, onDelay: () => void) =>
      call('request_peer_booking', bookingArguments(wish), { onDelay }),

    accept: (sessionId: string, onDelay: () => void) =>
      call('accept_peer_booking', { p_session_id: sessionId }, { onDelay }),

    complete: (sessionId: string, onDelay: () => void) =>
      call('complete_peer_session', { p_session_id: sessionId }, { onDelay }),

    noShow: (sessionId: string, reason: string, onDelay: () => void) =>
      call('report_peer_no_show', { p_session_id: sessionId, p_reason: reason || null }, { onDelay }),

    /** Declines or withdraws what is only a request. */
    cancel: (sessionId: string, reason: string, onDelay: () => void) =>
      call(
        'process_peer_booking_refund',
        { p_session_id: sessionId, p_cancellation_reason: reason },
        { onDelay },
      ),

    reschedule: (sessionId: string, to: WallClock, onDelay: () => void) =>
      call(
        'reschedule_peer_booking',
        { p_session_id: sessionId, p_session_date: to.session_date, p_start_time: to.start_time },
        { onDelay },
      ),

    sessions,

    session: (id: string) => call('get_peer_session', { p_session_id: id }),

    practice: () => call('get_my_practice', {}),

    publishHours: (hours: WorkingHours, timezone: string, onDelay: () => void) =>
      call('set_working_hours', { p_working_hours: hours, p_timezone: timezone || null }, { onDelay }),

    blockTime: (startsAt: string, endsAt: string, title: string, onDelay: () => void) =>
      call('block_time', { p_starts_at: startsAt, p_ends_at: endsAt, p_title: title || null }, { onDelay }),

    unblockTime: (eventId: string, onDelay: () => void) =>
      call('unblock_time', { p_event_id: eventId }, { onDelay }),

    /** Null for none of her own. */
    setPolicy: (policy: CancellationPolicy | null, onDelay: () => void) =>
      call(
        'set_cancellation_policy',
        {
          p_full_refund_hours: policy?.full_refund_hours ?? null,
          p_partial_refund_hours: policy?.partial_refund_hours ?? null,
          p_partial_refund_percent: policy?.partial_refund_percent ?? null,
        },
        { onDelay },
      ),

    /** A new one where it has no id yet. */
    saveProduct: (product: ProductDraft, productId: string | null, onDelay: () => void) =>
      call(
        'save_product',
        {
          p_product_id: productId,
          p_name: product.name ?? '',
          p_duration_minutes: product.duration_minutes,
          p_credit_cost: product.credit_cost,
          p_is_active: product.is_active,
        },
        { onDelay },
      ),

    setProfile: (profile: Profile, onDelay: () => void) =>
      call(
        'set_practice_profile',
        {
          p_location: profile.location,
          p_visit_address: profile.visit_address,
          p_specializations: profile.specializations,
        },
        { onDelay },
      ),

    statement,

    /** Newest first, however many there are. */
    wholeStatement: async (extract: Extract) => {
      const entries: CreditEntry[] = [];
      for (let before: string | null = null; ; ) {
        const reply: CreditStatement = await statement(extract, MOST_ENTRIES, before);
        entries.push(...reply.entries);
        if (reply.next_before === null) return entries;
        before = reply.next_before;
      }
    },

    history: (from: string | null, to: string | null) =>
      call('get_balance_history', { p_from: from, p_to: to }),

    /** With whom this person has or had sessions, by name. */
    counterparts: async (): Promise<Counterpart[]> => {
      const found = new Map<string, Counterpart>();
      for (let before: string | null = null; ; ) {
        const reply: PeerSessions = await sessions('all', MOST_SESSIONS, before);
        for (const { counterpart } of reply.sessions) {
          if (counterpart) found.set(counterpart.user_id, counterpart);
        }
        if (reply.next_before === null) break;
        before = reply.next_before;
      }
      return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
    },

    sessionCalendar: (sessionId: string) => call('get_session_calendar', { p_session_id: sessionId }),

    ownFeed: () => call('get_my_calendar_feed', {}),

    createFeed: () => call('create_calendar_feed', {}),

    revokeFeed: () => call('revoke_calendar_feed', {}),

    /** Newest first, a page at a time; `before` is the last one of the page before. */
    notifications: (limit: number, before: Notification | null) =>
      ask((signal) => {
        const list = ownNotifications('id, type, title, body, payload, read_at, created_at');
        return (before ? list.or(older(before)) : list)
          .order('created_at', NEWEST_FIRST)
          .order('id', NEWEST_FIRST)
          .limit(limit)
          .abortSignal(signal);
      }),

    unread: () =>
      ask<number>((signal) =>
        ownNotifications('id', { count: 'exact', head: true })
          .is('read_at', null)
          .abortSignal(signal)
          .then(({ count, ...response }) => ({ ...response, data: count })),
      ),

    markRead,

    /** However many there are. */
    markAllRead: async () => {
      for (;;) {
        const unread = await ask((signal) =>
          ownNotifications('id').is('read_at', null).limit(MOST_NOTIFICATIONS).abortSignal(signal),
        );
        if (unread.length === 0 || (await markRead(unread.map(({ id }) => id))) === 0) return;
      }
    },
  };
}

/** What comes after this one in the order of the list. */
function older({ created_at, id }: Notification): string {
  return `created_at.lt."${created_at}",and(created_at.eq."${created_at}",id.lt.${id})`;
}

function bookingArguments(wish: BookingWish): Arguments<'create_peer_booking'> {
  return {
    p_client_id: wish.client_id,
    p_practitioner_id: wish.practitioner_id,
    p_session_date: wish.session_date,
    p_start_time: wish.start_time,
    p_duration_minutes: wish.duration_minutes,
    p_session_type: wish.session_type,
    p_notes: wish.notes || null,
  };
}
