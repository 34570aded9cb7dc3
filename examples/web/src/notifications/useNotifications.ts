import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '../shared/account';
import type { Notification } from '../api/replies';
import { watch } from './watch';

/** More at once are not announced one by one. */
const ANNOUNCED_AT_MOST = 5;

export interface Notifications {
  /** How many are unread, loaded or not. */
  unread: number;
  markRead: (notification: Notification) => Promise<void>;
  markAllRead: () => Promise<void>;
}

/** Counts what is unread, and tells of what comes while the page is open. */
export function useNotifications({
  api,
  version,
  changed,
  announce,
}: Omit<Account, 'signOut' | 'me'>): Notifications {
  const [unread, setUnread] = useState(0);
  const known = useRef<Set<string> | null>(null);

  useEffect(
    () =>
      watch(async () => {
        const [count, newest] = await Promise.all([api.unread(), api.notifications(ANNOUNCED_AT_MOST, null)]);
        const seen = known.current;
        known.current = new Set([...(seen ?? []), ...newest.map((notification) => notification.id)]);
        setUnread(count);
        const news = seen ? newest.filter((notification) => !seen.has(notification.id)) : [];
        if (news.length === 0) return false;
        announce(news.map((notification) => notification.title).join(' · '));
        changed();
        return true;
      }),
    [api, version],
  );

  return {
    unread,
    markRead: async (notification) => {
      await api.markRead([notification.id]);
      changed();
    },
    markAllRead: async () => {
      await api.markAllRead();
      changed();
    },
  };
}
