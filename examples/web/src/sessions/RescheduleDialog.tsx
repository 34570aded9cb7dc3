import { useState } from 'preact/hooks';
import type { PeerSession } from '../api/replies';
import { useAccount } from '../shared/account';
import { useAction } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { dayAndTime, daysFromToday, nameOf, zone } from '../shared/words';

/** Another time for the same session, between the same people and for the same credits. */
export function RescheduleDialog({ session, onClose }: { session: PeerSession; onClose: () => void }) {
  const { api, changed } = useAccount();
  const [date, setDate] = useState(session.session_date);
  const [time, setTime] = useState(session.start_time.slice(0, 5));
  const to = { session_date: date, start_time: time };
  const move = useAction((key, onDelay) => api.reschedule(session.session_id, to, key, onDelay), changed);
  const isPending = move.progress.state === 'sending' || move.progress.state === 'failed';
  const other = nameOf(session.counterpart);

  if (move.progress.state === 'done') {
    return (
      <Dialog heading="Moved" onClose={onClose}>
        <Notice
          kind="success"
          sentence={`Your session is on ${dayAndTime(move.progress.reply)} now.`}
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
        Now on <strong>{dayAndTime(session)}</strong>, {session.duration_minutes} minutes. Nothing has to be
        paid again.
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
            <span>Start ({zone(session.timezone)})</span>
            <input
              type="time"
              required
              step={300}
              value={time}
              onInput={(event) => setTime(event.currentTarget.value)}
            />
          </label>
        </fieldset>
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
