import { useAction, useSlotPicker, type Action } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { FreeTimeList, STEP_MINUTES, type SlotPicker } from '../booking/FreeTimeList';
import { WeekSwitch } from '../booking/WeekSwitch';
import { useAccount } from '../shared/account';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { clockOf, readersZone, whenText } from '../shared/time';
import { When } from '../shared/When';
import { nameOf } from '../shared/words';

interface RescheduleDialogProps {
  session: PeerSession;
  onClose: () => void;
}

/** Another time for the same session, between the same people and for the same credits. */
export function RescheduleDialog({ session, onClose }: RescheduleDialogProps) {
  const { me } = useAccount();
  const picker = useSlotPicker({
    p_practitioner_id: session.as === 'client' ? session.counterpart!.user_id : me.user_id,
    p_step_minutes: STEP_MINUTES,
    p_session_id: session.session_id,
    from: clockOf(session.starts_at, readersZone()).date,
  });
  const { chosen } = picker;
  const move = useAction('reschedule_peer_booking');
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
          <When of={session} minutes={session.duration_minutes} />
        </strong>
      </p>
      <p class="muted">Nothing has to be paid again.</p>
      <OtherTimes picker={picker} move={move} />
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
          onClick={() =>
            move.start({
              p_session_id: session.session_id,
              p_session_date: chosen!.session_date,
              p_start_time: chosen!.start_time,
            })
          }
        >
          Move the session
        </button>
      </footer>
    </Dialog>
  );
}

interface OtherTimesProps {
  picker: SlotPicker;
  move: Action<'reschedule_peer_booking'>;
}

/** Those to which it can be moved. Until it is known what became of a move, no other one is chosen. */
function OtherTimes({ picker, move }: OtherTimesProps) {
  return (
    <>
      <ActionNotice action={move}>
        {() => (
          <button type="button" class="primary" onClick={picker.chooseAgain}>
            Show free times
          </button>
        )}
      </ActionNotice>
      <fieldset disabled={move.progress.state === 'sending' || move.progress.state === 'failed'}>
        <legend class="unseen">Another time</legend>
        <WeekSwitch picker={picker} />
        <FreeTimeList
          picker={picker}
          isPriced={false}
          verb="Move to"
          chosen={picker.chosen?.starts_at ?? null}
        />
      </fieldset>
    </>
  );
}
