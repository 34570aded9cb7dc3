import { useState } from 'preact/hooks';
import type { PeerSessions } from '@peer-exchange/client';
import { useReading } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { AcceptDialog } from '../sessions/AcceptDialog';
import { CancelDialog } from '../sessions/CancelDialog';
import { SessionCard, type Change } from '../sessions/SessionCard';
import { LoadedView } from '../shared/LoadedView';

const MOST_SESSIONS = 100;

/** Requests that wait for this practitioner: she accepts or declines them here. */
export function RequestsSection() {
  const [change, setChange] = useState<Change | null>(null);
  const close = () => setChange(null);
  const requests = useReading(
    'get_my_peer_sessions',
    { p_scope: 'upcoming', p_limit: MOST_SESSIONS },
    { select: forMe },
  );
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Requests</h2>
      {requests.data?.length === 0 && <p class="muted">There are none.</p>}
      <LoadedView of={requests} what="requests">
        {(sessions) => (
          <ul class="cards">
            {sessions.map((session) => (
              <SessionCard key={session.session_id} session={session} onChange={setChange} />
            ))}
          </ul>
        )}
      </LoadedView>
      {change?.kind === 'accept' && <AcceptDialog session={change.session} onClose={close} />}
      {change?.kind === 'cancel' && <CancelDialog session={change.session} onClose={close} />}
    </section>
  );
}

function forMe({ sessions }: PeerSessions): PeerSession[] {
  return sessions.filter(({ as, status }) => as === 'practitioner' && status === 'pending_approval');
}
