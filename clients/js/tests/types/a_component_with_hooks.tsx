import type { PeerSession, Refusal } from '@peer-exchange/client';
import {
  moreOf,
  useAction,
  useEveryPage,
  useMarkRead,
  useNews,
  useNotifications,
  usePages,
  useReading,
  useRefresh,
  useSlotPicker,
  useStatement,
} from '@peer-exchange/client/hooks';

export function Sessions({ asked }: { asked: boolean }) {
  const list = usePages('get_my_peer_sessions', { p_scope: 'upcoming' });
  const found = useReading('search_peer_practitioners', asked ? { p_query: 'ben' } : null, { staleTime: 60_000 });
  const sessions: PeerSession[] = list.data?.pages.flatMap((page) => page.sessions) ?? [];
  const people = useEveryPage(
    'search_peer_practitioners',
    { p_limit: 50 },
    { select: (pages) => pages.flatMap(({ practitioners }) => practitioners) },
  );
  // @ts-expect-error: which page is the hook's own affair
  usePages('search_peer_practitioners', { p_offset: 12 });
  // @ts-expect-error: practices have no pages
  usePages('get_my_practice', {});
  // @ts-expect-error: that is no reading
  useReading('create_peer_booking', null);
  return (
    <p>
      {sessions.length} {found.data?.total.toFixed()} {found.error?.message} {people.data?.[0]?.name}
      <button onClick={moreOf(list) ?? undefined}>More</button>
    </p>
  );
}

/** Every state an action can be in, and no other. */
export function Cancel({ p_session_id }: { p_session_id: string }) {
  const { progress, start, again } = useAction('process_peer_booking_refund', {
    onDone: (reply) => reply.refunded_credits.toFixed(),
  });
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
      return <button onClick={again}>{progress.error.status}</button>;
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

export function News() {
  const { unread } = useNews({ onNews: ([newest]) => console.log(newest?.payload?.starts_at?.slice(0, 10)) });
  const { notifications, more } = useNotifications({ perPage: 20 });
  const { markRead, markAllRead, error } = useMarkRead();
  return (
    <p onClick={more ?? markAllRead}>
      {unread.toFixed()} {error?.status}
      {notifications.map(({ id, title }) => (
        <button key={id} onClick={() => markRead([id])}>
          {title}
        </button>
      ))}
    </p>
  );
}

export function Account() {
  const { account, days, more } = useStatement({ p_from: '2027-01-01' });
  const { offer, chosen } = useSlotPicker({ p_practitioner_id: 'ben' });
  const refresh = useRefresh();
  refresh() satisfies Promise<void>;
  return (
    <p onClick={more ?? undefined}>
      {account?.available.toFixed()} {days[0]?.items[0]?.credits} {offer?.credit_cost.toFixed()}{' '}
      {chosen?.start_time}
    </p>
  );
}
