import type { PeerSession } from '../api/replies';
import { When } from '../shared/When';
import { credits, nameOf } from '../shared/words';

/** What somebody is about to do with a session. */
export interface Change {
  kind: 'cancel' | 'reschedule';
  session: PeerSession;
}

interface SessionCardProps {
  session: PeerSession;
  onChange: (change: Change) => void;
}

export function SessionCard({ session, onChange }: SessionCardProps) {
  const { can_cancel, can_reschedule } = session;
  const other = nameOf(session.counterpart);
  return (
    <li class="card session">
      <p class={`status ${session.status}`}>{status(session)}</p>
      <h3>
        <When of={session} />
      </h3>
      <p class="muted">{session.duration_minutes} minutes</p>
      <p>
        {session.session_type ?? 'Session'} {session.as === 'client' ? 'from' : 'for'}{' '}
        <strong>{other}</strong>
        <br />
        <span class="muted">{payment(session)}</span>
      </p>
      {session.notes && <p class="notes">“{session.notes}”</p>}
      {session.cancellation_reason && <p class="notes">Reason: {session.cancellation_reason}</p>}
      {(can_cancel || can_reschedule) && (
        <p class="actions">
          {can_reschedule && (
            <button type="button" onClick={() => onChange({ kind: 'reschedule', session })} aria-label={`Move the session with ${other}`}>
              Move
            </button>
          )}
          {can_cancel && (
            <button type="button" onClick={() => onChange({ kind: 'cancel', session })} aria-label={`Cancel the session with ${other}`}>
              Cancel
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** A cancelled session says by its status what became of the credits. */
function payment({ as, credit_cost, cancelled_at, starts_at }: PeerSession): string {
  if (credit_cost === null) return '';
  const cost = credits(credit_cost);
  if (cancelled_at) return cost;
  if (new Date(starts_at) > new Date()) return `You ${as === 'client' ? 'pay' : 'earn'} ${cost}`;
  return `You ${as === 'client' ? 'paid' : 'earned'} ${cost}`;
}

function status({ status, payment_status }: PeerSession): string {
  const words = status.replaceAll('_', ' ');
  const refunds: Record<string, string> = { refunded: ', refunded', partially_refunded: ', partly refunded' };
  return words.charAt(0).toUpperCase() + words.slice(1) + (refunds[payment_status ?? ''] ?? '');
}
