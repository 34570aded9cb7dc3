import { useState } from 'preact/hooks';
import type { Notification } from '../api/replies';
import { Empty } from '../shared/LoadedView';
import { TroubleNotice } from '../shared/Notice';
import { moment } from '../shared/words';
import type { Notifications } from './useNotifications';

export function NotificationsPage({ notifications }: { notifications: Notifications }) {
  const { list, unread, markRead } = notifications;
  const [error, setError] = useState<unknown>(null);

  const read = (chosen: Notification[]) => {
    setError(null);
    markRead(chosen).catch(setError);
  };
  const readAll = () => read(list?.filter((notification) => !notification.read_at) ?? []);

  return (
    <>
      <div class="heading-row">
        <h1 tabIndex={-1}>Notifications</h1>
        {unread > 0 && (
          <button type="button" onClick={readAll}>
            Mark all as read
          </button>
        )}
      </div>
      {error !== null && <TroubleNotice error={error} again={readAll} />}
      {list === null && <p role="status">Loading your notifications …</p>}
      {list?.length === 0 && (
        <Empty sentence="Nothing yet. Bookings, cancellations and reminders appear here by themselves." />
      )}
      <ul class="card notifications">
        {list?.map((notification) => (
          <li key={notification.id} class={notification.read_at ? 'read' : 'unread'}>
            <div>
              <h2>
                {!notification.read_at && <span class="unseen">Unread: </span>}
                {notification.title}
              </h2>
              <p>{notification.body}</p>
              <p class="muted">{moment(notification.created_at)}</p>
            </div>
            {!notification.read_at && (
              <button
                type="button"
                class="plain"
                onClick={() => read([notification])}
                aria-label={`Mark as read: ${notification.title}`}
              >
                Mark as read
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
