import type { PeerSession, Refusal } from '@peer-exchange/client';
import { useAction, usePages, useReading, useSlotPicker, useStatement } from '@peer-exchange/client/hooks';

export function Sessions({ asked }: { asked: boolean }) {
  const { data, hasNextPage } = usePages('get_my_peer_sessions', { p_scope: 'upcoming' });
  const found = useReading('search_peer_practitioners', asked ? { p_query: 'ben' } : null);
  const sessions: PeerSession[] = data?.pages.flatMap((page) => page.sessions) ?? [];
  // @ts-expect-error: a search has no cursor
  usePages('search_peer_practitioners', {});
  // @ts-expect-error: that is no reading
  useReading('create_peer_booking', null);
  return (
    <p>
      {sessions.length} {hasNextPage} {found.data?.total.toFixed()} {found.error?.message}
    </p>
  );
}

/** Every state an action can be in, and no other. */
export function Cancel({ p_session_id }: { p_session_id: string }) {
  const { progress, start } = useAction('process_peer_booking_refund');
  switch (progress.state) {
    case 'ready':
      return <button onClick={() => start({ p_session_id, p_cancellation_reason: null })}>Cancel</button>;
    case 'sending':
      return <p>{progress.isDelayed ? 'Still trying' : 'One moment'}</p>;
    case 'done':
      return <p>{progress.reply.refunded_credits.toFixed()} came back</p>;
    case 'refused':
      return <p>{why(progress.refusal)}</p>;
    case 'failed':
      return <p>{progress.error.status}</p>;
  }
}

function why(refusal: Refusal<'process_peer_booking_refund'>): string {
  switch (refusal.error_code) {
    case 'MISSING_PARAMETER':
      return refusal.details.parameter;
    case 'ALREADY_CANCELLED':
      return `${refusal.details.refunded_credits} came back then`;
    case 'NOT_CANCELLABLE':
      return refusal.details.status;
    case 'SESSION_NOT_FOUND':
    case 'NOT_PEER_BOOKING':
      return refusal.error;
  }
}

export function Account() {
  const { account, days, more } = useStatement({ p_from: '2027-01-01' });
  const { offer, chosen } = useSlotPicker({ p_practitioner_id: 'ben' });
  return (
    <p onClick={more ?? undefined}>
      {account?.available.toFixed()} {days[0]?.items[0]?.credits} {offer?.credit_cost.toFixed()}{' '}
      {chosen?.start_time}
    </p>
  );
}
