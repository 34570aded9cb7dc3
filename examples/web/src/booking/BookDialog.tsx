import { useState } from 'preact/hooks';
import type { BookingWish } from '../api/api';
import { explain, type NextStep } from '../api/refusals';
import type { Booking, Slot } from '../api/replies';
import type { Person } from '../signin/people';
import { useAccount } from '../shared/account';
import { useAction } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { useLoaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';
import { Notice, RefusalNotice } from '../shared/Notice';
import { addressOf } from '../shared/route';
import { credits, dayAndTime, treatment } from '../shared/words';

interface BookDialogProps {
  practitioner: Person;
  slot: Slot;
  durationMinutes: number;
  onClose: () => void;
  /** The time won't do: back to those that are free now. */
  onOtherTime: () => void;
}

/** What it will cost, what it is for, and the booking itself. */
export function BookDialog({ practitioner, slot, durationMinutes, onClose, onOtherTime }: BookDialogProps) {
  const { api, me, changed } = useAccount();
  const [sessionType, setSessionType] = useState(treatment(practitioner.user_role));
  const [notes, setNotes] = useState('');
  const wish: BookingWish = {
    client_id: me.user_id,
    practitioner_id: practitioner.user_id,
    session_date: slot.session_date,
    start_time: slot.start_time,
    duration_minutes: durationMinutes,
    session_type: sessionType,
    notes,
  };
  const quote = useLoaded(() => api.quote(wish), []);
  const booking = useAction((key, onDelay) => api.book(wish, key, onDelay), changed);
  const when = dayAndTime(slot);
  // Until it is known what became of the request, it stays as it was sent.
  const isPending = booking.progress.state === 'sending' || booking.progress.state === 'failed';

  if (booking.progress.state === 'done') {
    return (
      <Dialog heading="Booked" onClose={onClose}>
        <Notice
          kind="success"
          sentence={`${practitioner.name} expects you on ${when}.`}
          advice={`You paid ${credits(booking.progress.reply.credit_cost)} and have ${booking.progress.reply.client_balance_after} left.`}
        />
        <footer>
          <a class="button primary" href={addressOf({ page: 'sessions' })}>
            See your sessions
          </a>
        </footer>
      </Dialog>
    );
  }

  return (
    <Dialog heading={`Book ${practitioner.name}`} onClose={onClose}>
      <p>
        <strong>{when}</strong>, {durationMinutes} minutes
      </p>
      <LoadedView of={quote} what="what it costs">
        {(reply) =>
          reply.success ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                booking.start();
              }}
            >
              <Price quote={reply} />
              <fieldset disabled={isPending}>
                <label>
                  <span>What for</span>
                  <input
                    required
                    pattern=".*\S.*"
                    maxLength={200}
                    value={sessionType}
                    onInput={(event) => setSessionType(event.currentTarget.value)}
                  />
                </label>
                <label>
                  <span>Notes for {practitioner.name} (optional)</span>
                  <textarea
                    rows={2}
                    maxLength={1000}
                    value={notes}
                    onInput={(event) => setNotes(event.currentTarget.value)}
                  />
                </label>
              </fieldset>
              <ActionNotice action={booking}>
                {(refusal) => <WayOut next={explain(refusal).next} onOtherTime={onOtherTime} />}
              </ActionNotice>
              <footer>
                <button type="button" onClick={onClose}>
                  Not now
                </button>
                <button type="submit" class="primary" aria-disabled={booking.progress.state === 'sending'}>
                  Book for {credits(reply.credit_cost)}
                </button>
              </footer>
            </form>
          ) : (
            <RefusalNotice refusal={reply}>
              <WayOut next={explain(reply).next} onOtherTime={onOtherTime} />
            </RefusalNotice>
          )
        }
      </LoadedView>
    </Dialog>
  );
}

function Price({ quote }: { quote: Booking }) {
  return (
    <dl class="price">
      <div>
        <dt>It costs</dt>
        <dd>{credits(quote.credit_cost)}</dd>
      </div>
      <div>
        <dt>You have</dt>
        <dd>{credits(quote.client_balance_before)}</dd>
      </div>
      <div>
        <dt>Then left</dt>
        <dd>{credits(quote.client_balance_after)}</dd>
      </div>
    </dl>
  );
}

function WayOut({ next, onOtherTime }: { next: NextStep; onOtherTime: () => void }) {
  const { signOut } = useAccount();
  if (next === 'choose_practitioner') {
    return (
      <a class="button" href={addressOf({ page: 'find' })}>
        Find another colleague
      </a>
    );
  }
  if (next === 'close') return null;
  if (next === 'sign_in') {
    return (
      <button type="button" onClick={signOut}>
        Sign in again
      </button>
    );
  }
  return (
    <button type="button" onClick={onOtherTime}>
      {next === 'choose_duration' ? 'Choose a shorter session' : 'Show free times'}
    </button>
  );
}
