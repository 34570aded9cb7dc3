import type { PeerSession, SessionEvent } from '../api/replies';
import { When } from '../shared/When';
import { credits, moment, nameOf } from '../shared/words';

interface HistoryProps {
  events: SessionEvent[];
  session: PeerSession;
}

/** What has happened to a session, oldest first. */
export function History({ events, session }: HistoryProps) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">What has happened</h2>
      <ol class="card history">
        {events.map((event, place) => (
          <li key={place}>
            {event.at && <time dateTime={event.at}>{moment(event.at)}</time>}
            <span>
              {sentence(event, session)}
              {event.from && event.to && <Move from={event.from} to={event.to} />}
              {event.reason && `: ${event.reason}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Move({ from, to }: Required<Pick<SessionEvent, 'from' | 'to'>>) {
  return (
    <>
      {' '}
      from <Told {...from} /> to <Told {...to} />
    </>
  );
}

/** What version 0.1.0 moved is known on one clock alone. */
function Told({ starts_at, timezone, session_date, start_time }: NonNullable<SessionEvent['from']>) {
  if (!starts_at) return <>{`${session_date}, ${start_time}`}</>;
  return <When of={{ starts_at, ends_at: null, timezone }} />;
}

function sentence({ event, by, credits: amount = 0 }: SessionEvent, { as, counterpart }: PeerSession): string {
  const who: Record<string, string> = { application: 'The administrator', system: 'Nobody' };
  const name = by === as ? 'You' : (who[by ?? ''] ?? nameOf(counterpart));
  const sentences: Record<SessionEvent['event'], string> = {
    requested: `${name} asked for it`,
    booked: `${name} booked it`,
    accepted: `${name} accepted`,
    moved: `${name} moved it`,
    no_show_reported: `${name} reported that the other did not come`,
    disputed: `${name} contradicted`,
    cancelled: `${name} cancelled it`,
    declined: `${name} declined`,
    withdrawn: `${name} withdrew the request`,
    expired: 'Nobody answered in time',
    settled: 'It was settled',
    held: `${credits(amount)} held`,
    paid: `${credits(amount)} paid`,
    released: `${credits(amount)} set free`,
    refunded: `${credits(amount)} given back`,
  };
  return sentences[event];
}
