import { useState } from 'preact/hooks';
import { useAccount } from '../shared/account';
import { useLoaded, usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { addressOf, FIND, SESSIONS, type Route } from '../shared/route';
import { AcceptDialog } from './AcceptDialog';
import { CancelDialog } from './CancelDialog';
import { OutcomeDialog } from './OutcomeDialog';
import { RescheduleDialog } from './RescheduleDialog';
import { SessionCard, type Change } from './SessionCard';

const SESSIONS_PER_PAGE = 10;

/** My sessions, given and received: first the one that the address names, those to come, then those that are past. */
export function SessionsPage({ route }: { route: Extract<Route, { page: 'sessions' }> }) {
  const [change, setChange] = useState<Change | null>(null);
  const close = () => setChange(null);
  return (
    <>
      <h1 tabIndex={-1}>Your sessions</h1>
      {route.sessionId && <OneSession key={route.sessionId} id={route.sessionId} onChange={setChange} />}
      <SessionList scope="upcoming" onChange={setChange} />
      <SessionList scope="past" onChange={setChange} />
      {change?.kind === 'cancel' && <CancelDialog session={change.session} onClose={close} />}
      {change?.kind === 'accept' && <AcceptDialog session={change.session} onClose={close} />}
      {(change?.kind === 'took place' || change?.kind === 'did not come') && (
        <OutcomeDialog session={change.session} outcome={change.kind} onClose={close} />
      )}
      {change?.kind === 'reschedule' && <RescheduleDialog session={change.session} onClose={close} />}
    </>
  );
}

/** The session that a notification led to. */
function OneSession({ id, onChange }: { id: string; onChange: (change: Change) => void }) {
  const { api, version } = useAccount();
  const found = useLoaded(async () => ({ session: await api.session(id) }), [api, version, id]);
  return (
    <section aria-labelledby="this-session">
      <div class="heading-row">
        <h2 id="this-session">This session</h2>
        <a href={addressOf(SESSIONS)}>Only the list</a>
      </div>
      <LoadedView of={found} what="this session">
        {({ session }) =>
          session ? (
            <ul class="cards">
              <SessionCard session={session} onChange={onChange} />
            </ul>
          ) : (
            <Empty sentence="This session is not among yours, or no longer there." />
          )
        }
      </LoadedView>
    </section>
  );
}

const HEADINGS = { upcoming: 'Upcoming', past: 'Past and cancelled' };

function SessionList({
  scope,
  onChange,
}: {
  scope: 'upcoming' | 'past';
  onChange: (change: Change) => void;
}) {
  const { api, version } = useAccount();
  const sessions = usePaged(
    async (before: string | null) => {
      const reply = await api.sessions(scope, SESSIONS_PER_PAGE, before);
      return { head: reply, items: reply.sessions, next: reply.next_before };
    },
    [api, version, scope],
  );
  return (
    <section aria-labelledby={scope}>
      <h2 id={scope}>{HEADINGS[scope]}</h2>
      <LoadedView of={sessions} what="your sessions">
        {() => (
          <>
            {sessions.items.length === 0 && <NoSessions scope={scope} />}
            <ul class="cards">
              {sessions.items.map((session) => (
                <SessionCard key={session.session_id} session={session} onChange={onChange} />
              ))}
            </ul>
            <MoreButton
              more={sessions.more}
              isLoading={sessions.isLoading}
              label={`Show more ${scope} sessions`}
            />
          </>
        )}
      </LoadedView>
    </section>
  );
}

function NoSessions({ scope }: { scope: 'upcoming' | 'past' }) {
  if (scope === 'past') return <Empty sentence="No session lies behind you yet." />;
  return (
    <Empty sentence="Nothing is booked.">
      <a class="button primary" href={addressOf(FIND)}>
        Find a colleague
      </a>
    </Empty>
  );
}
