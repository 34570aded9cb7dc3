import { useState } from 'preact/hooks';
import type { Notification } from '../api/replies';
import { useAccount } from '../shared/account';
import { usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { TroubleNotice } from '../shared/Notice';
import { NotificationItem } from './NotificationItem';
import type { Notifications } from './useNotifications';

const NOTIFICATIONS_PER_PAGE = 50;

export function NotificationsPage({ notifications }: { notifications: Notifications }) {
  const { api, version } = useAccount();
  const [failed, setFailed] = useState<{ error: unknown; again: () => void } | null>(null);
  const list = usePaged(
    async (before: Notification | null) => {
      const items = await api.notifications(NOTIFICATIONS_PER_PAGE, before);
      const isLast = items.length < NOTIFICATIONS_PER_PAGE;
      return { head: true, items, next: isLast ? null : items.at(-1)! };
    },
    [api, version],
  );

  const attempt = (mark: () => Promise<void>) => {
    setFailed(null);
    mark().catch((error: unknown) => setFailed({ error, again: () => attempt(mark) }));
  };

  return (
    <>
      <div class="heading-row">
        <h1 tabIndex={-1}>Notifications</h1>
        {notifications.unread > 0 && (
          <button type="button" onClick={() => attempt(notifications.markAllRead)}>
            Mark all as read
          </button>
        )}
      </div>
      {failed && <TroubleNotice {...failed} />}
      <LoadedView of={list} what="your notifications">
        {() => (
          <>
            {list.items.length === 0 && (
              <Empty sentence="Nothing yet. Bookings, cancellations and reminders appear here by themselves." />
            )}
            <ul class="card notifications">
              {list.items.map((notification) => (
                <NotificationItem
                  key={notification.id}
                  notification={notification}
                  onRead={() => attempt(() => notifications.markRead(notification))}
                />
              ))}
            </ul>
            <MoreButton more={list.more} isLoading={list.isLoading} label="Show older notifications" />
          </>
        )}
      </LoadedView>
    </>
  );
}
