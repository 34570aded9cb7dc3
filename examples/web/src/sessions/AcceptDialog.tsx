import { useAction } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { ActionNotice } from '../shared/ActionNotice';
import { Dialog } from '../shared/Dialog';
import { Notice } from '../shared/Notice';
import { When } from '../shared/When';
import { credits, nameOf } from '../shared/words';
import { ReloadButton } from './ReloadButton';

/** A practitioner makes a request a booking. */
export function AcceptDialog({ session, onClose }: { session: PeerSession; onClose: () => void }) {
  const acceptance = useAction('accept_peer_booking');
  const { progress } = acceptance;
  const other = nameOf(session.counterpart);

  if (progress.state === 'done') {
    const cost = credits(progress.reply.credit_cost);
    return (
      <Dialog heading="Accepted" onClose={onClose}>
        <Notice
          kind="success"
          sentence={`${other} has been told.`}
          advice={
            progress.reply.settles ? `You get ${cost} once it has taken place.` : `You have earned ${cost}.`
          }
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
    <Dialog heading={`Accept the request of ${other}?`} onClose={onClose}>
      <p>
        <strong>
          <When of={session} minutes={session.duration_minutes} />
        </strong>{' '}
        for {credits(session.credit_cost ?? 0)}
      </p>
      {session.notes && <p class="notes">“{session.notes}”</p>}
      <ActionNotice action={acceptance}>{() => <ReloadButton onClose={onClose} />}</ActionNotice>
      <footer>
        <button type="button" onClick={onClose}>
          Not now
        </button>
        {progress.state !== 'refused' && (
          <button
            type="button"
            class="primary"
            onClick={() => acceptance.start({ p_session_id: session.session_id })}
            aria-disabled={progress.state === 'sending'}
          >
            Accept
          </button>
        )}
      </footer>
    </Dialog>
  );
}
