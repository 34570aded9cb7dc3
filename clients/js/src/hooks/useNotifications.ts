// The list of notifications, what is new in it, and marking them as read.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, QueryKey } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Fault, NoAnswer } from '../ask.js';
import { countUnread, markAllRead, readNotifications } from './notifications.js';
import type { Notification } from './notifications.js';
import { useExchange } from './provider.js';
import { ASKED_ENOUGH, moreOf, QUERY_KEY } from './queries.js';
import { useRefresh } from './useRefresh.js';

const ALL = [QUERY_KEY, 'notifications'];
const NEWS = [...ALL, 'news'];
const PAGES = [...ALL, 'pages'];

/** They come page by page, newest first. */
export function useNotifications({ perPage = 50 }: { perPage?: number } = {}) {
  const exchange = useExchange();
  const query = useInfiniteQuery<
    Notification[],
    NoAnswer | Fault,
    Pages,
    QueryKey,
    Notification | null
  >({
    ...ASKED_ENOUGH,
    queryKey: [...PAGES, perPage],
    queryFn: ({ signal, pageParam }) => readNotifications(exchange, perPage, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => (page.length < perPage ? null : page.at(-1)),
  });
  return {
    query,
    notifications: query.data?.pages.flat() ?? [],
    /** Asks for the next page; null where there is none. */
    more: moreOf(query),
  };
}

type Pages = InfiniteData<Notification[], Notification | null>;

interface News {
  unread: number;
  newest: Notification[];
}

export interface NewsOptions {
  /** Hears of what has come while the component was there, newest first. */
  onNews?: (news: Notification[]) => void;
  /** The application is told by other means, such as Realtime, and calls `useRefresh` then: nothing is looked for by time. */
  isPushed?: boolean;
}

/** More at once are not told one by one. */
const TOLD_AT_MOST = 5;
const SHORTEST_PAUSE_MILLISECONDS = 3_000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/**
 * How many are unread, and what comes meanwhile: once something has come, all that is shown is read again. PostgREST pushes
 * nothing, so this looks again and again while somebody can see the page, and less often while nothing happens.
 */
export function useNews({ onNews, isPushed = false }: NewsOptions = {}): { unread: number } {
  const exchange = useExchange();
  const refresh = useRefresh();
  const known = useRef<Set<string> | null>(null);
  const lastEventAt = useRef(Date.now());

  const { data } = useQuery<News, NoAnswer | Fault>({
    ...ASKED_ENOUGH,
    queryKey: NEWS,
    queryFn: async ({ signal }) => {
      const [unread, newest] = await Promise.all([
        countUnread(exchange, signal),
        readNotifications(exchange, TOLD_AT_MOST, null, signal),
      ]);
      return { unread, newest };
    },
    refetchInterval: isPushed ? false : () => pauseAfter(lastEventAt.current),
  });

  useEffect(() => {
    if (!data) return;
    const seen = known.current;
    known.current = new Set([...(seen ?? []), ...data.newest.map(({ id }) => id)]);
    const news = seen ? data.newest.filter(({ id }) => !seen.has(id)) : [];
    if (news.length === 0) return;
    lastEventAt.current = Date.now();
    onNews?.(news);
    void refresh();
  }, [data]);

  return { unread: data?.unread ?? 0 };
}

/** Half as long as nothing has happened: each pause is by half longer than the one before. */
function pauseAfter(lastEventAt: number): number {
  const quiet = Date.now() - lastEventAt;
  return Math.min(Math.max(quiet / 2, SHORTEST_PAUSE_MILLISECONDS), LONGEST_PAUSE_MILLISECONDS);
}

export interface Marking {
  markRead: (ids: string[]) => void;
  /** However many there are. */
  markAllRead: () => void;
  /** Why it did not work: then they are shown as unread again. */
  error: NoAnswer | Fault | null;
  /** Tries once more what did not work. */
  again: () => void;
}

const EVERY_ONE = null;

/** They are shown as read at once, before the server has heard of it. */
export function useMarkRead(): Marking {
  const exchange = useExchange();
  const queries = useQueryClient();
  const { mutate, variables, error } = useMutation<
    unknown,
    NoAnswer | Fault,
    string[] | typeof EVERY_ONE,
    { before: [QueryKey, unknown][] }
  >({
    mutationFn: (ids) =>
      ids === EVERY_ONE ? markAllRead(exchange) : exchange.call('mark_notifications_read', { p_ids: ids }),
    onMutate: async (ids) => {
      // An answer that is under way knows nothing of it yet.
      await queries.cancelQueries({ queryKey: ALL });
      const before = queries.getQueriesData({ queryKey: ALL });
      queries.setQueriesData<Pages>({ queryKey: PAGES }, (pages) => pages && withRead(pages, ids));
      queries.setQueryData<News>(NEWS, (news) => news && { ...news, unread: unreadWithout(news.unread, ids) });
      return { before };
    },
    onError: (_error, _ids, context) => {
      for (const [key, data] of context?.before ?? []) queries.setQueryData(key, data);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ALL }),
    networkMode: 'always',
  });
  return {
    markRead: mutate,
    markAllRead: () => mutate(EVERY_ONE),
    error,
    again: () => variables !== undefined && mutate(variables),
  };
}

function withRead({ pages, pageParams }: Pages, ids: string[] | null): Pages {
  const read_at = new Date().toISOString();
  const isMeant = ({ id }: Notification) => ids === EVERY_ONE || ids.includes(id);
  const marked = (page: Notification[]) =>
    page.map((each) => (each.read_at === null && isMeant(each) ? { ...each, read_at } : each));
  return { pages: pages.map(marked), pageParams };
}

function unreadWithout(unread: number, ids: string[] | null): number {
  return ids === EVERY_ONE ? 0 : Math.max(0, unread - ids.length);
}
