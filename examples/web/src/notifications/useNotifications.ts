import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '../shared/account';
import type { Notification } from '../api/replies';
import { watch } from './watch';

const NEWEST = 50;

export interface Notifications {
  /** The newest ones; null until they arrive. */
  list: Notification[] | null;
  unread: number;
  markRead: (notifications: Notification[]) => Promise<void>;
}

/** Keeps one's notifications up to date, and tells of those that come while the page is open. */
export function useNotifications({
  api,
  version,
  changed,
  announce,
}: Omit<Account, 'signOut' | 'me'>): Notifications {
  const [list, setList] = useState<Notification[] | null>(null);
  const known = useRef<Set<string> | null>(null);

  useEffect(
    () =>
      watch(async () => {
        const newest = await api.notifications(NEWEST);
        const seen = known.current;
        known.current = new Set(newest.map((notification) => notification.id));
        setList(newest);
        const news = seen ? newest.filter((notification) => !seen.has(notification.id)) : [];
        if (news.length === 0) return false;
        announce(news.map((notification) => notification.title).join(' · '));
        changed();
        return true;
      }),
    [api, version],
  );

  const markRead = async (notifications: Notification[]) => {
    await api.markRead(notifications.map((notification) => notification.id));
    changed();
  };

  return { list, unread: list?.filter((notification) => !notification.read_at).length ?? 0, markRead };
}
