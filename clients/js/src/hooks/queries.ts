// Functions of peer_exchange that only read, as queries of TanStack Query.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryOptions, UseQueryOptions } from '@tanstack/react-query';
import type { Fault, NoAnswer } from '../ask.js';
import type { Arguments, FunctionName, Reply } from '../database.js';
import { argumentsOf, nextPage } from '../pages.js';
import type { Cursor, PagedArguments, PagedName } from '../pages.js';
import { useExchange } from './provider.js';

/** Every query of ours begins with it. */
export const QUERY_KEY = 'peer_exchange';

/** Those that only read. */
export type ReadingName = Extract<FunctionName, `get_${string}` | `quote_${string}` | `search_${string}`>;

/** What one may say of a query besides, such as `staleTime` or `placeholderData`. */
export type QueryOptions<Answer, Data = Answer> = Omit<
  UseQueryOptions<Answer, NoAnswer | Fault, Data>,
  'queryKey' | 'queryFn' | 'enabled'
>;

export type PagesOptions<Name extends PagedName> = Omit<
  UseInfiniteQueryOptions<
    Reply<Name>,
    NoAnswer | Fault,
    InfiniteData<Reply<Name>, Cursor>,
    readonly unknown[],
    Cursor
  >,
  'queryKey' | 'queryFn' | 'initialPageParam' | 'getNextPageParam'
>;

/** The exchange repeats what is not answered; a query has nothing left to repeat. */
export const ASKED_ENOUGH = { retry: false } as const;

/** What a function answers; with `null` in the place of arguments it is not asked yet. */
export function useReading<Name extends ReadingName, Data = Reply<Name>>(
  name: Name,
  args: Arguments<Name> | null,
  options?: QueryOptions<Reply<Name>, Data>,
) {
  const exchange = useExchange();
  return useQuery<Reply<Name>, NoAnswer | Fault, Data>({
    ...ASKED_ENOUGH,
    ...options,
    queryKey: [QUERY_KEY, name, args],
    queryFn: ({ signal }) => exchange.call(name, args!, { signal }),
    enabled: args !== null,
  });
}

/** The pages of a list, from the first one on. */
export function usePages<Name extends PagedName>(
  name: Name,
  args: PagedArguments<Name>,
  options?: PagesOptions<Name>,
) {
  const exchange = useExchange();
  return useInfiniteQuery<
    Reply<Name>,
    NoAnswer | Fault,
    InfiniteData<Reply<Name>, Cursor>,
    readonly unknown[],
    Cursor
  >({
    ...ASKED_ENOUGH,
    ...options,
    queryKey: [QUERY_KEY, name, 'pages', args],
    queryFn: ({ signal, pageParam }) => exchange.call(name, argumentsOf(args, pageParam), { signal }),
    initialPageParam: {},
    getNextPageParam: (page, _, cursor) => nextPage(page, cursor),
  });
}

/** Asks for the next page, once what is under way is there; null where there is none. */
export function moreOf(query: {
  hasNextPage: boolean;
  isFetching: boolean;
  fetchNextPage: () => unknown;
}): (() => void) | null {
  if (!query.hasNextPage) return null;
  return () => {
    if (!query.isFetching) query.fetchNextPage();
  };
}

/** All pages of a list at once, for what is too much to show and not too much to know. */
export function useEveryPage<Name extends PagedName, Data = Reply<Name>[]>(
  name: Name,
  args: PagedArguments<Name>,
  options?: QueryOptions<Reply<Name>[], Data>,
) {
  const exchange = useExchange();
  return useQuery<Reply<Name>[], NoAnswer | Fault, Data>({
    ...ASKED_ENOUGH,
    ...options,
    queryKey: [QUERY_KEY, name, 'every page', args],
    queryFn: async ({ signal }) => {
      const pages: Reply<Name>[] = [];
      for await (const page of exchange.pages(name, args, { signal })) pages.push(page);
      return pages;
    },
  });
}
