import { useState } from 'preact/hooks';
import type { BookingWish } from '../api/api';
import { explain } from '../api/refusals';
import type { Booking } from '../api/replies';
import { AddToCalendar } from '../calendar/AddToCalendar';
import type { Person } from '../signin/people';
import { useAccount } from '../shared/account';
import { useAction } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { useLoaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';
import { Notice, RefusalNotice } from '../shared/Notice';
import { RefundTerms } from '../shared/RefundTerms';
import { addressOf, SESSIONS } from '../shared/route';
import { whenText } from '../shared/time';
import { When } from '../shared/When';
import { credits, moment } from '../shared/words';
import type { OfferedSlot } from './offered';
import { WayOut } from './WayOut';

/** What a session is for, in the client's words. */
export interface Wording {
  session_type: string;
  notes: string;
}

interface BookDialogProps {
  practitioner: Person;
  slot: OfferedSlot;
  durationMinutes: number;
  wording: Wording;
  onWording: (wording: Wording) => void;
  onClose: () => void;
  /** The time won't do: back to those that are free now. */
  onOtherTime: () => void;
  onOtherDuration: (minutes: number) => void;
}

/** What it will cost, what it is for, and the booking itself. */
export function BookDialog(props: BookDialogProps) {
  const { practitioner, slot, durationMinutes, wording, onWording, onClose } = props;
  const { api, me, changed } = useAccount();
  const wish: BookingWish = {
    client_id: me.user_id,
    practitioner_id: practitioner.user_id,
    session_date: slot.session_date,
    start_time: slot.start_time,
    duration_minutes: durationMinutes,
    ...wording,
  };
  const quote = useLoaded(() => api.quote(wish), []);
  const onDone = () => {
    onWording({ ...wording, notes: '' });
    changed();
  };
  const booking = useAction((onDelay) => api.book(wish, onDelay), onDone);
  const request = useAction((onDelay) => api.request(wish, onDelay), onDone);
  const [way, setWay] = useState<Way>('book');
  const action = way === 'request' ? request : booking;
  const { progress } = action;
  // Until it is known what became of the request, it stays as it was sent.
  const isPending = progress.state === 'sending' || progress.state === 'failed';
  // Where something else has to be chosen, the same thing is not offered again.
  const isOver = progress.state === 'refused' && explain(progress.refusal).next !== 'close';

  const go = (chosen: Way) => {
    setWay(chosen);
    (chosen === 'request' ? request : booking).start();
  };

  if (progress.state === 'done') {
    return (
      <Dialog heading={way === 'request' ? 'Asked' : 'Booked'} onClose={onClose}>
        <Notice kind="success" {...told(practitioner, slot, progress.reply)} />
        <footer>
          <AddToCalendar
            event={{ ...slot, session_id: progress.reply.session_id!, other: practitioner.name }}
          />
          <a class="button primary" href={addressOf(SESSIONS)}>
            See your sessions
          </a>
        </footer>
      </Dialog>
    );
  }

  return (
    <Dialog heading={`Book ${practitioner.name}`} onClose={onClose}>
      <p>
        <strong>
          <When of={slot} />
        </strong>
        , {durationMinutes} minutes
      </p>
      <LoadedView of={quote} what="what it costs">
        {(reply) =>
          reply.success ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                go('book');
              }}
            >
              <Price quote={reply} />
              {reply.refund_terms && <RefundTerms terms={reply.refund_terms} timezone={slot.timezone} />}
              <WordingFields
                name={practitioner.name}
                wording={wording}
                isDisabled={isPending}
                onChange={onWording}
              />
              <ActionNotice action={action}>
                {(refusal) => <WayOut {...props} refusal={refusal} />}
              </ActionNotice>
              <footer>
                <button type="button" onClick={onClose}>
                  Not now
                </button>
                {!isOver && (!isPending || way === 'request') && (
                  <button
                    type="button"
                    aria-disabled={progress.state === 'sending'}
                    onClick={(event) => event.currentTarget.form?.reportValidity() && go('request')}
                  >
                    Ask first
                  </button>
                )}
                {!isOver && (!isPending || way === 'book') && (
                  <button type="submit" class="primary" aria-disabled={progress.state === 'sending'}>
                    Book for {credits(reply.credit_cost)}
                  </button>
                )}
              </footer>
            </form>
          ) : (
            <RefusalNotice refusal={reply}>
              <WayOut {...props} refusal={reply} />
            </RefusalNotice>
          )
        }
      </LoadedView>
    </Dialog>
  );
}

/** Booked at once, or asked for and accepted later. */
type Way = 'book' | 'request';

function told(practitioner: Person, slot: OfferedSlot, reply: Booking): { sentence: string; advice: string } {
  const cost = credits(reply.credit_cost);
  const left = `${reply.client_balance_after} left`;
  if (reply.status === 'pending_approval' && 'expires_at' in reply) {
    return {
      sentence: `${practitioner.name} has until ${moment(reply.expires_at!)} to accept.`,
      advice: `${cost} are held until then, and you have ${left}; they come back to you if it is not accepted.`,
    };
  }
  return {
    sentence: `${practitioner.name} expects you on ${whenText(slot)}.`,
    advice: 'settles' in reply
      ? `${cost} are held until it has taken place, and you have ${left}.`
      : `You paid ${cost} and have ${left}.`,
  };
}

interface WordingFieldsProps {
  name: string;
  wording: Wording;
  isDisabled: boolean;
  onChange: (wording: Wording) => void;
}

function WordingFields({ name, wording, isDisabled, onChange }: WordingFieldsProps) {
  return (
    <fieldset disabled={isDisabled}>
      <label>
        <span>What for</span>
        <input
          required
          pattern=".*\S.*"
          maxLength={200}
          value={wording.session_type}
          onInput={(event) => onChange({ ...wording, session_type: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Notes for {name} (optional)</span>
        <textarea
          rows={2}
          maxLength={1000}
          value={wording.notes}
          onInput={(event) => onChange({ ...wording, notes: event.currentTarget.value })}
        />
      </label>
    </fieldset>
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
