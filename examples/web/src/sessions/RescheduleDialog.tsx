import { useState } from 'preact/hooks';
import type { PeerSession } from '../api/replies';
import { useAccount } from '../shared/account';
import { useAction } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { instantOf, placeText, whenText, zoneText, type ClockTime } from '../shared/time';
import { When } from '../shared/When';
import { daysFromToday, nameOf } from '../shared/words';

/** Another time for the same session, between the same people and for the same credits. */
export function RescheduleDialog({ session, onClose }: { session: PeerSession; onClose: () => void }) {
  const { api, changed } = useAccount();
  const [date, setDate] = useState(session.session_date);
  const [time, setTime] = useState(session.start_time.slice(0, 5));
  const to = { session_date: date, start_time: time };
  const move = useAction((onDelay) => api.reschedule(session.session_id, to, onDelay), changed);
  const isPending = move.progress.state === 'sending' || move.progress.state === 'failed';
  const other = nameOf(session.counterpart);

  if (move.progress.state === 'done') {
    return (
      <Dialog heading="Moved" onClose={onClose}>
        <Notice
          kind="success"
          sentence={`Your session is on ${newTime(move.progress.reply, session)} now.`}
          advice={`${other} has been told.`}
        />
        <footer>
          <button type="button" class="primary" onClick={onClose}>
            Done
          </button>
        </footer>
      </Dialog>
    );
  }

  return (
    <Dialog heading={`Move the session with ${other}`} onClose={onClose}>
      <p>
        Now on{' '}
        <strong>
          <When of={session} />
        </strong>
        , {session.duration_minutes} minutes. Nothing has to be paid again.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.start();
        }}
      >
        <fieldset class="side-by-side" disabled={isPending}>
          <label>
            <span>New date</span>
            <input
              type="date"
              required
              min={daysFromToday(-1)}
              value={date}
              onInput={(event) => setDate(event.currentTarget.value)}
            />
          </label>
          <label>
            <span>Start ({zoneText(session.timezone)})</span>
            <input
              type="time"
              required
              value={time}
              onInput={(event) => setTime(event.currentTarget.value)}
            />
          </label>
        </fieldset>
        <p role="status">Then {newTime(to, session)}</p>
        <ActionNotice action={move} />
        <footer>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
          <button type="submit" class="primary" aria-disabled={move.progress.state === 'sending'}>
            Move the session
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What was chosen on the session's clock, as every time is told. */
function newTime(to: ClockTime, { timezone, duration_minutes }: PeerSession): string {
  const start = instantOf(to, timezone);
  if (start === null) return `${to.session_date}, ${to.start_time.slice(0, 5)} ${placeText(timezone)}`;
  const end = new Date(Date.parse(start) + duration_minutes * 60_000).toISOString();
  return whenText({ starts_at: start, ends_at: end, timezone });
}
