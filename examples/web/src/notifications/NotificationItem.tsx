import type { Notification } from '../api/replies';
import { addressOf } from '../shared/route';
import { When } from '../shared/When';
import { moment } from '../shared/words';
import { inReadersTime, timeTold } from './told';

interface NotificationItemProps {
  notification: Notification;
  onRead: () => void;
}

export function NotificationItem({ notification, onRead }: NotificationItemProps) {
  const { title, read_at, created_at, payload } = notification;
  const body = inReadersTime(notification);
  const time = timeTold(payload);
  return (
    <li class={read_at ? 'read' : 'unread'}>
      <div>
        <h2>
          {!read_at && <span class="unseen">Unread: </span>}
          {title}
        </h2>
        <p>{body.text}</p>
        {time && !body.hasTime && (
          <p>
            <When of={time} />
          </p>
        )}
        <p class="muted">
          Told {moment(created_at)}
          {payload?.session_id && (
            <>
              {' · '}
              <a
                href={addressOf({ page: 'session', sessionId: payload.session_id })}
                aria-label={`See the session: ${title}`}
              >
                See the session
              </a>
            </>
          )}
        </p>
      </div>
      {!read_at && (
        <button type="button" class="plain" onClick={onRead} aria-label={`Mark as read: ${title}`}>
          Mark as read
        </button>
      )}
    </li>
  );
}
