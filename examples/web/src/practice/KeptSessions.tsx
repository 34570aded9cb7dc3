import type { KeptSession } from '../api/practice';
import { When } from '../shared/When';
import { nameOf } from '../shared/words';

/** Sessions that a change leaves as they were booked. */
export function KeptSessions({ sessions, why }: { sessions: KeptSession[]; why: string }) {
  if (sessions.length === 0) return null;
  return (
    <div class="kept">
      <p>
        {sessions.length === 1 ? 'One session' : `${sessions.length} sessions`} {why}, and{' '}
        {sessions.length === 1 ? 'stays' : 'stay'} as booked:
      </p>
      <ul>
        {sessions.map((session) => (
          <li key={session.session_id}>
            <When of={session} />, for {nameOf(session.counterpart)}
          </li>
        ))}
      </ul>
    </div>
  );
}
