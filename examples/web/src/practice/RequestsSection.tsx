import { useState } from 'preact/hooks';
import type { PeerSession } from '../api/replies';
import { AcceptDialog } from '../sessions/AcceptDialog';
import { CancelDialog } from '../sessions/CancelDialog';
import { SessionCard, type Change } from '../sessions/SessionCard';
import { useAccount } from '../shared/account';
import { useLoaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';

const MOST_SESSIONS = 100;

/** Requests that wait for this practitioner: she accepts or declines them here. */
export function RequestsSection() {
  const { api, version } = useAccount();
  const [change, setChange] = useState<Change | null>(null);
  const close = () => setChange(null);
  const requests = useLoaded(async () => {
    const { sessions } = await api.sessions('upcoming', MOST_SESSIONS, null);
    return sessions.filter(isForMe);
  }, [api, version]);
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Requests</h2>
      {requests.value?.length === 0 && <p class="muted">There are none.</p>}
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

function isForMe({ as, status }: PeerSession): boolean {
  return as === 'practitioner' && status === 'pending_approval';
}
