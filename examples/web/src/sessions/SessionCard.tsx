import type { PeerSession } from '../api/replies';
import { AddToCalendar } from '../calendar/AddToCalendar';
import { addressOf } from '../shared/route';
import { When } from '../shared/When';
import { credits, moment, nameOf } from '../shared/words';
import { PlaceOf } from './PlaceOf';

/** What somebody is about to do with a session. */
export interface Change {
  kind: 'accept' | 'cancel' | 'reschedule' | 'took place' | 'did not come';
  session: PeerSession;
}

interface SessionCardProps {
  session: PeerSession;
  onChange: (change: Change) => void;
}

export function SessionCard({ session, onChange }: SessionCardProps) {
  const other = nameOf(session.counterpart);
  return (
    <li class="card session">
      <p class={`status ${session.status}`}>{status(session)}</p>
      <h3>
        <a href={addressOf({ page: 'session', sessionId: session.session_id })}>
          <When of={session} />
        </a>
      </h3>
      <p class="muted">{session.duration_minutes} minutes</p>
      {session.place && (
        <p>
          <PlaceOf place={session.place} />
        </p>
      )}
      <p>
        {session.session_type ?? 'Session'} {session.as === 'client' ? 'from' : 'for'}{' '}
        <strong>{other}</strong>
        <br />
        <span class="muted">{payment(session)}</span>
      </p>
      {session.notes && <p class="notes">“{session.notes}”</p>}
      {session.cancellation_reason && <p class="notes">Reason: {session.cancellation_reason}</p>}
      <Actions session={session} onChange={onChange} />
    </li>
  );
}

/** What she can do about it now, and why not what one would expect. */
export function Actions({ session, onChange }: SessionCardProps) {
  const other = nameOf(session.counterpart);
  const actions = actionsFor(session);
  return (
    <>
      {obstacles(session).map((sentence) => (
        <p key={sentence} class="notes">
          {sentence}.
        </p>
      ))}
      {(actions.length > 0 || isToCome(session)) && (
        <div class="actions">
          {actions.map(({ kind, label, what }) => (
            <button
              key={kind}
              type="button"
              class={kind === 'accept' ? 'primary' : undefined}
              onClick={() => onChange({ kind, session })}
              aria-label={`${label} ${what} ${other}`}
            >
              {label}
            </button>
          ))}
          {isToCome(session) && <AddToCalendar event={{ ...session, other }} />}
        </div>
      )}
    </>
  );
}

interface Offer {
  kind: Change['kind'];
  label: string;
  /** What stands between label and name for whoever hears it. */
  what: string;
}

/** What this person can do about it now, in the order of what is likeliest. */
function actionsFor(session: PeerSession): Offer[] {
  const { as, status, can_accept, can_cancel, can_reschedule, held_credits, counterpart } = session;
  const isUnderWay = OPEN.has(status) && new Date(session.starts_at) <= new Date() && counterpart !== null;
  const canContradict = status === 'no_show' && held_credits > 0 && as === 'practitioner';
  const isRequest = status === 'pending_approval';
  const giveUp = isRequest ? (as === 'practitioner' ? 'Decline' : 'Withdraw') : 'Cancel';
  const offers: (Offer | false)[] = [
    can_accept && { kind: 'accept', label: 'Accept', what: 'the request of' },
    can_reschedule && { kind: 'reschedule', label: 'Move', what: 'the session with' },
    ((isUnderWay && as === 'practitioner') || canContradict) && {
      kind: 'took place',
      label: 'Done',
      what: 'with the session with',
    },
    isUnderWay && { kind: 'did not come', label: 'Did not come', what: 'to the session:' },
    can_cancel && { kind: 'cancel', label: giveUp, what: isRequest ? 'the request with' : 'the session with' },
  ];
  return offers.filter((offer) => offer !== false);
}

/** Why she can't do what one does with a session that is still to come; of a request, nobody expects to move it. */
function obstacles({ status, ends_at, cancel_obstacle, reschedule_obstacle }: PeerSession): string[] {
  if (!OPEN.has(status) || new Date(ends_at) <= new Date()) return [];
  return [reschedule_obstacle, cancel_obstacle].flatMap((obstacle) => obstacle?.error ?? []);
}

/** Nobody has said yet what became of it. */
const OPEN = new Set(['scheduled', 'confirmed', 'in_progress']);

/** Whether there is anything to put into a calendar still. */
function isToCome({ status, starts_at }: PeerSession): boolean {
  return (OPEN.has(status) || status === 'pending_approval') && new Date(starts_at) > new Date();
}

/** A cancelled session says by its status what became of the credits. */
export function payment({ as, credit_cost, held_credits, cancelled_at, starts_at }: PeerSession): string {
  if (credit_cost === null) return '';
  const cost = credits(credit_cost);
  if (cancelled_at) return cost;
  if (held_credits > 0) return `${credits(held_credits)} held${as === 'practitioner' ? ' for you' : ''}`;
  if (new Date(starts_at) > new Date()) return `You ${as === 'client' ? 'pay' : 'earn'} ${cost}`;
  return `You ${as === 'client' ? 'paid' : 'earned'} ${cost}`;
}

export function status({ as, status, payment_status, expires_at, counterpart }: PeerSession): string {
  if (status === 'pending_approval') {
    const until = expires_at ? ` until ${moment(expires_at)}` : '';
    return as === 'practitioner'
      ? `Waits for your answer${until}`
      : `Waits for ${nameOf(counterpart)}${until}`;
  }
  const words = status.replaceAll('_', ' ');
  const refunds: Record<string, string> = { refunded: ', refunded', partially_refunded: ', partly refunded' };
  return words.charAt(0).toUpperCase() + words.slice(1) + (refunds[payment_status ?? ''] ?? '');
}
