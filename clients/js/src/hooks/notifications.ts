// Notifications as they are read: rows of a table, newest first.
import { ask } from '../ask.js';
import type { Exchange } from '../exchange.js';

/** What the text says, as data. Those of the application's own may have anything besides. */
export interface NotificationPayload {
  session_id?: string;
  credits?: number;
  balance_after?: number;
  session_date?: string;
  start_time?: string;
  timezone?: string;
  starts_at?: string;
  ends_at?: string;
  duration_minutes?: number;
  other_party_name?: string;
  place?: string;
  reason?: string;
  previous_session_date?: string;
  previous_start_time?: string;
  previous_timezone?: string;
  previous_starts_at?: string;
  [key: string]: unknown;
}

export interface Notification {
  id: string;
  type: string;
  title: string;
  body: string;
  payload: NotificationPayload | null;
  read_at: string | null;
  created_at: string;
}

const COLUMNS = 'id, type, title, body, payload, read_at, created_at';
const NEWEST_FIRST = { ascending: false };
/** So many mark_notifications_read takes at once, and PostgREST usually gives. */
const MOST_AT_ONCE = 1_000;

/** A page of them; `before` is the last one of the page before. */
export function readNotifications(
  { supabase }: Exchange,
  limit: number,
  before: Notification | null,
  signal?: AbortSignal,
): Promise<Notification[]> {
  return ask<Notification[]>((limited) => {
    const list = supabase.from('notifications').select(COLUMNS);
    return (before ? list.or(older(before)) : list)
      .order('created_at', NEWEST_FIRST)
      .order('id', NEWEST_FIRST)
      .limit(limit)
      .abortSignal(limited);
  }, optionsOf(signal));
}

/** What comes after this one in the order of the list. */
function older({ created_at, id }: Notification): string {
  return `created_at.lt."${created_at}",and(created_at.eq."${created_at}",id.lt.${id})`;
}

export function countUnread({ supabase }: Exchange, signal?: AbortSignal): Promise<number> {
  return ask<number>(
    (limited) =>
      supabase
        .from('notifications')
        .select('id', { count: 'exact', head: true })
        .is('read_at', null)
        .abortSignal(limited)
        .then(({ count, ...response }: { count: number }) => ({ ...response, data: count })),
    optionsOf(signal),
  );
}

export async function markAllRead(exchange: Exchange): Promise<void> {
  for (;;) {
    const unread = await ask<{ id: string }[]>((limited) =>
      exchange.supabase
        .from('notifications')
        .select('id')
        .is('read_at', null)
        .limit(MOST_AT_ONCE)
        .abortSignal(limited),
    );
    const p_ids = unread.map(({ id }) => id);
    if (p_ids.length === 0 || (await exchange.call('mark_notifications_read', { p_ids })) === 0) return;
  }
}

function optionsOf(signal: AbortSignal | undefined) {
  return signal ? { signal } : {};
}
