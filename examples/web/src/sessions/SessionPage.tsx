import { useState } from 'preact/hooks';
import { useReading } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { Empty, LoadedView } from '../shared/LoadedView';
import { RefundTerms } from '../shared/RefundTerms';
import { addressOf, SESSIONS } from '../shared/route';
import { When } from '../shared/When';
import { nameOf } from '../shared/words';
import { ChangeDialog } from './ChangeDialog';
import { History } from './History';
import { PlaceOf } from './PlaceOf';
import { Rating } from './Rating';
import { Actions, payment, status, type Change } from './SessionCard';

/** One session: when and where, with whom, what it costs, what can be done about it, and what has happened. */
export function SessionPage({ id }: { id: string }) {
  const found = useReading('get_peer_session', { p_session_id: id });
  const [change, setChange] = useState<Change | null>(null);
  return (
    <>
      <p class="back">
        <a href={addressOf(SESSIONS)}>← All sessions</a>
      </p>
      <LoadedView of={found} what="this session">
        {(reply) =>
          reply.success ? (
            <Found session={reply.session} onChange={setChange} />
          ) : (
            <>
              <h1 tabIndex={-1}>Session</h1>
              <Empty sentence="This session is not among yours, or no longer there." />
            </>
          )
        }
      </LoadedView>
      <ChangeDialog change={change} onClose={() => setChange(null)} />
    </>
  );
}

interface FoundProps {
  session: PeerSession;
  onChange: (change: Change) => void;
}

function Found({ session, onChange }: FoundProps) {
  const { counterpart, place, notes, refund_terms, history = [] } = session;
  return (
    <>
      <h1 tabIndex={-1}>
        {session.session_type ?? 'Session'} {session.as === 'client' ? 'from' : 'for'} {nameOf(counterpart)}
      </h1>
      <section class="card session" aria-label="This session">
        <p class={`status ${session.status}`}>{status(session)}</p>
        <dl class="facts">
          <dt>When</dt>
          <dd>
            <When of={session} minutes={session.duration_minutes} />
          </dd>
          <dt>Where</dt>
          <dd>{place ? <PlaceOf place={place} /> : 'Nobody has said yet'}</dd>
          {counterpart && <Contact {...counterpart} />}
          <dt>Credits</dt>
          <dd>{payment(session)}</dd>
          {refund_terms && (
            <>
              <dt>Cancelling</dt>
              <dd>
                <RefundTerms terms={refund_terms} timezone={session.timezone} />
              </dd>
            </>
          )}
          {notes && (
            <>
              <dt>Notes</dt>
              <dd>{notes}</dd>
            </>
          )}
        </dl>
        <Actions session={session} onChange={onChange} />
        <BookAgain {...session} />
      </section>
      <Rating session={session} />
      <History events={history} session={session} />
    </>
  );
}

function Contact({ email, phone }: NonNullable<PeerSession['counterpart']>) {
  if (!email && !phone) return null;
  return (
    <>
      <dt>Contact</dt>
      <dd>
        {email && <a href={`mailto:${email}`}>{email}</a>}
        {email && phone && ', '}
        {phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>}
      </dd>
    </>
  );
}

/** The same once more: with her, as long, for the same. */
function BookAgain({ as, counterpart, duration_minutes, session_type, status }: PeerSession) {
  if (as !== 'client' || !counterpart || status === 'pending_approval') return null;
  const address = addressOf({
    page: 'practitioner',
    practitionerId: counterpart.user_id,
    durationMinutes: duration_minutes,
    from: null,
    sessionType: session_type,
  });
  return (
    <p>
      <a href={address}>Book {counterpart.name} again</a>
    </p>
  );
}
