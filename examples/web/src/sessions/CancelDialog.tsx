import { useState } from 'preact/hooks';
import { useAction, type Progress } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { RefundTerms } from '../shared/RefundTerms';
import { When } from '../shared/When';
import { credits, nameOf } from '../shared/words';
import { ReloadButton } from './ReloadButton';

/** What giving up a session is called: of a request it depends on the side. */
function wordsFor({ status, as }: PeerSession) {
  if (status !== 'pending_approval')
    return { heading: 'Cancel this session?', button: 'Cancel the session', done: 'Cancelled' };
  return as === 'practitioner'
    ? { heading: 'Decline this request?', button: 'Decline', done: 'Declined' }
    : { heading: 'Withdraw this request?', button: 'Withdraw', done: 'Withdrawn' };
}

/** Says what comes back before anything happens, and what came back after. */
export function CancelDialog({ session, onClose }: { session: PeerSession; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const cancellation = useAction('process_peer_booking_refund');
  const other = nameOf(session.counterpart);
  const words = wordsFor(session);

  const refunded = refundedBy(cancellation.progress);
  if (refunded !== null) {
    return (
      <Dialog heading={words.done} onClose={onClose}>
        <Notice
          kind="success"
          sentence={`${credits(refunded)} went back to ${session.as === 'client' ? 'you' : other}.`}
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
    <Dialog heading={words.heading} onClose={onClose}>
      <p>
        <strong>
          <When of={session} />
        </strong>{' '}
        with {other}
      </p>
      <p class="consequence">{consequence(session)}</p>
      {session.refund_terms && session.refund_terms.length > 1 && (
        <RefundTerms terms={session.refund_terms} timezone={session.timezone} />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          cancellation.start({ p_session_id: session.session_id, p_cancellation_reason: reason });
        }}
      >
        <label>
          <span>Reason for {other} (optional)</span>
          <textarea
            rows={2}
            maxLength={500}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
        <ActionNotice action={cancellation}>
          {() => <ReloadButton onClose={onClose} />}
        </ActionNotice>
        <footer>
          <button type="button" onClick={onClose}>
            Keep it
          </button>
          <button type="submit" class="danger" aria-disabled={cancellation.progress.state === 'sending'}>
            {words.button}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What went back. Whoever asks again after a lost answer is told that it was cancelled: it is done. */
function refundedBy(progress: Progress<'process_peer_booking_refund'>): number | null {
  if (progress.state === 'done') return progress.reply.refunded_credits;
  if (progress.state !== 'refused' || progress.refusal.error_code !== 'ALREADY_CANCELLED') return null;
  return Number(progress.refusal.details['refunded_credits'] ?? 0);
}

function consequence(session: PeerSession): string {
  const { as, credit_cost, payment_status, refund_now, held_credits, counterpart } = session;
  const back = refund_now?.credits ?? 0;
  if (payment_status === 'pending') return 'It was not paid yet, so no credits move.';
  if (as === 'practitioner' && held_credits > 0)
    return `${nameOf(counterpart)} gets back ${credits(back)} of what is held.`;
  if (as === 'practitioner')
    return `${nameOf(counterpart)} gets back ${credits(back)}, taken from your balance.`;
  const paid = credit_cost ?? 0;
  if (back === 0) return `It is too late for a refund: you lose all ${credits(paid)}.`;
  if (refund_now?.percent === 100) return `All ${credits(back)} come back to you.`;
  return `${back} of your ${credits(paid)} come back to you (${refund_now?.percent} %); you lose ${paid - back}.`;
}
