import { useState } from 'preact/hooks';
import type { Cancellation, PeerSession } from '../api/replies';
import { useAccount } from '../shared/account';
import { useAction, type Progress } from '../shared/action';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { credits, dayAndTime } from '../shared/words';

/** Says what comes back before anything happens, and what came back after. */
export function CancelDialog({ session, onClose }: { session: PeerSession; onClose: () => void }) {
  const { api, changed } = useAccount();
  const [reason, setReason] = useState('');
  const cancellation = useAction((_key, onDelay) => api.cancel(session.session_id, reason, onDelay), changed);
  const other = session.counterpart.name;

  const refunded = refundedBy(cancellation.progress);
  if (refunded !== null) {
    return (
      <Dialog heading="Cancelled" onClose={onClose}>
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
    <Dialog heading="Cancel this session?" onClose={onClose}>
      <p>
        <strong>{dayAndTime(session)}</strong> with {other}
      </p>
      <p class="consequence">{consequence(session)}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          cancellation.start();
        }}
      >
        <label>
          <span>Reason for {other} (optional)</span>
          <textarea rows={2} maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <ActionNotice action={cancellation}>
          {() => (
            <button
              type="button"
              onClick={() => {
                changed();
                onClose();
              }}
            >
              Load your sessions again
            </button>
          )}
        </ActionNotice>
        <footer>
          <button type="button" onClick={onClose}>
            Keep it
          </button>
          <button type="submit" class="danger" aria-disabled={cancellation.progress.state === 'sending'}>
            Cancel the session
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What went back. Somebody who asks again after a lost answer hears that it was cancelled: it is done. */
function refundedBy(progress: Progress<Cancellation>): number | null {
  if (progress.state === 'done') return progress.reply.refunded_credits;
  if (progress.state !== 'refused' || progress.refusal.error_code !== 'ALREADY_CANCELLED') return null;
  return Number(progress.refusal.details['refunded_credits'] ?? 0);
}

function consequence({ as, credit_cost, refund_now, counterpart }: PeerSession): string {
  const cost = credits(credit_cost);
  if (!refund_now) return 'It was not paid, so no credits move.';
  if (as === 'practitioner') return `${counterpart.name} gets back ${credits(refund_now.credits)}, taken from your balance.`;
  if (refund_now.credits === 0) return `It is too late for a refund: none of your ${cost} come back.`;
  if (refund_now.percent === 100) return `All ${cost} come back to you.`;
  return `${refund_now.credits} of your ${cost} come back to you (${refund_now.percent} %).`;
}
