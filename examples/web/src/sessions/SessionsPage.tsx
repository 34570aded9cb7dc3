import { useState } from 'preact/hooks';
import { CalendarFeed } from '../calendar/CalendarFeed';
import { useAccount } from '../shared/account';
import { usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { addressOf, FIND } from '../shared/route';
import { ChangeDialog } from './ChangeDialog';
import { SessionCard, type Change } from './SessionCard';

const SESSIONS_PER_PAGE = 10;

/** My sessions, given and received: those to come, then those that are past. */
export function SessionsPage() {
  const [change, setChange] = useState<Change | null>(null);
  return (
    <>
      <h1 tabIndex={-1}>Your sessions</h1>
      <SessionList scope="upcoming" onChange={setChange} />
      <SessionList scope="past" onChange={setChange} />
      <CalendarFeed />
      <ChangeDialog change={change} onClose={() => setChange(null)} />
    </>
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
