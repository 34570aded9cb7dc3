import { useState } from 'preact/hooks';
import type { Arguments } from '@peer-exchange/client';
import { useAction, useReading, type OfferedSlot } from '@peer-exchange/client/hooks';
import { explain } from '../api/refusals';
import type { Booking } from '../api/replies';
import { AddToCalendar } from '../calendar/AddToCalendar';
import type { Person } from '../signin/people';
import { useAccount } from '../shared/account';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { LoadedView } from '../shared/LoadedView';
import { Notice, RefusalNotice } from '../shared/Notice';
import { RefundTerms } from '../shared/RefundTerms';
import { addressOf, SESSIONS } from '../shared/route';
import { whenText } from '../shared/time';
import { When } from '../shared/When';
import { credits, moment } from '../shared/words';
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
  const { me } = useAccount();
  const wish: Arguments<'create_peer_booking'> = {
    p_client_id: me.user_id,
    p_practitioner_id: practitioner.user_id,
    p_session_date: slot.session_date,
    p_start_time: slot.start_time,
    p_duration_minutes: durationMinutes,
    p_session_type: wording.session_type,
    p_notes: wording.notes || null,
  };
  const quote = useQuote(wish);
  const onDone = () => onWording({ ...wording, notes: '' });
  const booking = useAction('create_peer_booking', { onDone });
  const request = useAction('request_peer_booking', { onDone });
  const [way, setWay] = useState<Way>('book');
  const action = way === 'request' ? request : booking;
  const { progress } = action;
  // Until it is known what became of the request, it stays as it was sent.
  const isPending = progress.state === 'sending' || progress.state === 'failed';
  // Where something else has to be chosen, the same thing is not offered again.
  const isOver = progress.state === 'refused' && explain(progress.refusal).next !== 'close';

  const go = (chosen: Way) => {
    setWay(chosen);
    (chosen === 'request' ? request : booking).start(wish);
  };

  if (progress.state === 'done') {
    return (
      <Dialog heading={way === 'request' ? 'Asked' : 'Booked'} onClose={onClose}>
        <Notice kind="success" {...told(practitioner, slot, progress.reply)} />
        <footer>
          <AddToCalendar
            event={{ ...slot, session_id: progress.reply.session_id!, other: practitioner.name }}
          />
          <a class="button" href={addressOf(SESSIONS)}>
            See your sessions
          </a>
          <a class="button primary" href={addressOf({ page: 'session', sessionId: progress.reply.session_id! })}>
            See this session
          </a>
        </footer>
      </Dialog>
    );
  }

  return (
    <Dialog heading={`Book ${practitioner.name}`} onClose={onClose}>
      <p>
        <strong>
          <When of={slot} minutes={durationMinutes} />
        </strong>
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

/** Asked once, for the time that was chosen: after a booking without an answer it would tell of that very booking. */
function useQuote(wish: Arguments<'quote_peer_booking'>) {
  const [first] = useState(wish);
  return useReading('quote_peer_booking', first, { staleTime: 'static', gcTime: 0 });
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
