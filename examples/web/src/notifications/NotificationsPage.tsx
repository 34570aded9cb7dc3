import { useMarkRead, useNotifications } from '@peer-exchange/client/hooks';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { TroubleNotice } from '../shared/Notice';
import { NotificationItem } from './NotificationItem';

export function NotificationsPage({ unread }: { unread: number }) {
  const { query, notifications, more } = useNotifications();
  const { markRead, markAllRead, error, again } = useMarkRead();

  return (
    <>
      <div class="heading-row">
        <h1 tabIndex={-1}>Notifications</h1>
        {unread > 0 && (
          <button type="button" onClick={markAllRead}>
            Mark all as read
          </button>
        )}
      </div>
      {error && <TroubleNotice error={error} again={again} />}
      <LoadedView of={query} what="your notifications">
        {() => (
          <>
            {notifications.length === 0 && (
              <Empty sentence="Nothing yet. Bookings, cancellations and reminders appear here by themselves." />
            )}
            <ul class="card notifications">
              {notifications.map((notification) => (
                <NotificationItem
                  key={notification.id}
                  notification={notification}
                  onRead={() => markRead([notification.id])}
                />
              ))}
            </ul>
            <MoreButton more={more} isLoading={query.isFetching} label="Show older notifications" />
          </>
        )}
      </LoadedView>
    </>
  );
}
