import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import type { PeerSession, Settlement } from '../api/replies';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { When } from '../shared/When';
import { credits, moment, nameOf } from '../shared/words';
import { ReloadButton } from './ReloadButton';

interface OutcomeDialogProps {
  session: PeerSession;
  outcome: 'took place' | 'did not come';
  onClose: () => void;
}

/** What became of a session that has begun: it took place, or the other one did not come. */
export function OutcomeDialog({ session, outcome, onClose }: OutcomeDialogProps) {
  const [reason, setReason] = useState('');
  const completion = useAction('complete_peer_session');
  const report = useAction('report_peer_no_show');
  const tookPlace = outcome === 'took place';
  const saying = tookPlace ? completion : report;
  const { progress } = saying;
  const say = () => {
    const p_session_id = session.session_id;
    if (tookPlace) completion.start({ p_session_id });
    else report.start({ p_session_id, p_reason: reason || null });
  };
  const other = nameOf(session.counterpart);

  if (progress.state === 'done') {
    return (
      <Dialog heading="Noted" onClose={onClose}>
        <Notice kind="success" sentence={settled(session, progress.reply)} />
        <footer>
          <button type="button" class="primary" onClick={onClose}>
            Close
          </button>
        </footer>
      </Dialog>
    );
  }

  return (
    <Dialog heading={tookPlace ? 'Did it take place?' : `Did ${other} not come?`} onClose={onClose}>
      <p>
        <strong>
          <When of={session} />
        </strong>{' '}
        with {other}
      </p>
      <p class="consequence">{consequence(session, outcome)}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          say();
        }}
      >
        {!tookPlace && (
          <label>
            <span>What happened (optional, {other} reads it)</span>
            <textarea
              rows={2}
              maxLength={2000}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </label>
        )}
        <ActionNotice action={saying}>{() => <ReloadButton onClose={onClose} />}</ActionNotice>
        <footer>
          <button type="button" onClick={onClose}>
            Not now
          </button>
          {progress.state !== 'refused' && (
            <button
              type="submit"
              class={tookPlace ? 'primary' : 'danger'}
              aria-disabled={progress.state === 'sending'}
            >
              {tookPlace ? 'It took place' : `${other} did not come`}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function consequence({ as, status, held_credits, counterpart }: PeerSession, outcome: string): string {
  const other = nameOf(counterpart);
  if (outcome === 'took place') {
    if (status === 'no_show') return `${other} has said otherwise: somebody will have to decide who gets the credits.`;
    return held_credits > 0 ? `You get ${credits(held_credits)}.` : 'It was paid at the booking: no credits move.';
  }
  if (as === 'practitioner') return `${other} pays for it all the same, by the rules here. That is final.`;
  return `${other} can contradict. Until that time is over no credits move; then they come back to you.`;
}

/** What the answer says about credits, from the side of whoever has spoken. */
function settled(session: PeerSession, reply: Settlement): string {
  const other = nameOf(session.counterpart);
  if (reply.status === 'disputed') return 'You two disagree. Whoever runs this exchange decides, and tells you both.';
  if (reply.final_at)
    return `${other} has until ${moment(reply.final_at)} to contradict; then your credits come back.`;
  if (reply.status === 'completed')
    return reply.settled_credits > 0 ? `You have earned ${credits(reply.settled_credits)}.` : 'Thank you.';
  const back = reply.returned_credits > 0 ? ` ${credits(reply.returned_credits)} went back.` : '';
  return `${other} has been told.${back}`;
}
