import { useState } from 'preact/hooks';
import type { Move, PeerSession } from '../api/replies';
import { FreeTimeList } from '../booking/FreeTimeList';
import type { OfferedSlot } from '../booking/offered';
import { WeekSwitch } from '../booking/WeekSwitch';
import { useAccount } from '../shared/account';
import { useAction, type Action } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { useLoaded } from '../shared/load';
import { Notice } from '../shared/Notice';
import { clockOf, readersZone, whenText } from '../shared/time';
import { When } from '../shared/When';
import { daysAfter, nameOf } from '../shared/words';

const DAYS_AT_ONCE = 7;

interface RescheduleDialogProps {
  session: PeerSession;
  onClose: () => void;
}

/** Another time for the same session, between the same people and for the same credits. */
export function RescheduleDialog({ session, onClose }: RescheduleDialogProps) {
  const { api, changed } = useAccount();
  const [chosen, setChosen] = useState<OfferedSlot | null>(null);
  const move = useAction((onDelay) => api.reschedule(session.session_id, chosen!, onDelay), changed);
  const other = nameOf(session.counterpart);

  if (move.progress.state === 'done') {
    return (
      <Dialog heading="Moved" onClose={onClose}>
        <Notice
          kind="success"
          sentence={`Your session is on ${whenText(move.progress.reply)} now.`}
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
      <OtherTimes session={session} chosen={chosen} move={move} onChoose={setChosen} />
      <footer class="at-hand">
        {chosen && (
          <p role="status">
            Then <When of={chosen} />
          </p>
        )}
        <button type="button" onClick={onClose}>
          Leave it
        </button>
        <button
          type="button"
          class="primary"
          disabled={chosen === null}
          aria-disabled={move.progress.state === 'sending'}
          onClick={move.start}
        >
          Move the session
        </button>
      </footer>
    </Dialog>
  );
}

interface OtherTimesProps {
  session: PeerSession;
  chosen: OfferedSlot | null;
  move: Action<Move>;
  onChoose: (slot: OfferedSlot | null) => void;
}

/** Those to which it can be moved. Until it is known what became of a move, no other one is chosen. */
function OtherTimes({ session, chosen, move, onChoose }: OtherTimesProps) {
  const { api, me, version } = useAccount();
  const [from, setFrom] = useState(clockOf(session.starts_at, readersZone()).date);
  const to = daysAfter(from, DAYS_AT_ONCE - 1);
  const practitionerId = session.as === 'client' ? session.counterpart!.user_id : me.user_id;
  const free = useLoaded(
    () =>
      api.freeTimeToMove(session.session_id, practitionerId, daysAfter(from, -1), daysAfter(to, 1)),
    [api, version, from],
  );
  const onOtherTime = () => {
    onChoose(null);
    free.reload();
  };
  return (
    <>
      <ActionNotice action={move}>
        {() => (
          <button type="button" class="primary" onClick={onOtherTime}>
            Show free times
          </button>
        )}
      </ActionNotice>
      <fieldset disabled={move.progress.state === 'sending' || move.progress.state === 'failed'}>
        <legend class="unseen">Another time</legend>
        <WeekSwitch from={from} days={DAYS_AT_ONCE} onChange={setFrom} />
        <FreeTimeList
          free={free}
          from={from}
          to={to}
          isPriced={false}
          verb="Move to"
          chosen={chosen?.starts_at ?? null}
          onChoose={onChoose}
        />
      </fieldset>
    </>
  );
}
