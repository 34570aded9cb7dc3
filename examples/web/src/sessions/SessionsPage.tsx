import { useState } from 'preact/hooks';
import { moreOf, usePages } from '@peer-exchange/client/hooks';
import { CalendarFeed } from '../calendar/CalendarFeed';
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
  const list = usePages('get_my_peer_sessions', { p_scope: scope, p_limit: SESSIONS_PER_PAGE });
  const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? [];
  return (
    <section aria-labelledby={scope}>
      <h2 id={scope}>{HEADINGS[scope]}</h2>
      <LoadedView of={list} what="your sessions">
        {() => (
          <>
            {sessions.length === 0 && <NoSessions scope={scope} />}
            <ul class="cards">
              {sessions.map((session) => (
                <SessionCard key={session.session_id} session={session} onChange={onChange} />
              ))}
            </ul>
            <MoreButton
              more={moreOf(list)}
              isLoading={list.isFetching}
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
