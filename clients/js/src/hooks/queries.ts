// Functions of peer_exchange as queries and mutations of TanStack Query.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault, NoAnswer } from '../ask.js';
import type { Arguments, FunctionName, Refusal, Reply, Success } from '../database.js';
import { useExchange } from './provider.js';

/** Every query of ours begins with it. */
export const QUERY_KEY = 'peer_exchange';

/** Those that only read. */
export type ReadingName = Extract<FunctionName, `get_${string}` | `quote_${string}` | `search_${string}`>;

/** Those that answer a page at a time. */
export type PagedName = {
  [Name in ReadingName]: Reply<Name> extends { next_before: string | null } ? Name : never;
}[ReadingName];

/** The exchange repeats what is not answered; a query has nothing left to repeat. */
const ASKED_ENOUGH = { retry: false } as const;

/** What a function answers; with `null` in the place of arguments it is not asked yet. */
export function useReading<Name extends ReadingName>(name: Name, args: Arguments<Name> | null) {
  const exchange = useExchange();
  return useQuery<Reply<Name>, NoAnswer | Fault>({
    queryKey: [QUERY_KEY, name, args],
    queryFn: ({ signal }) => exchange.call(name, args!, { signal }),
    enabled: args !== null,
    ...ASKED_ENOUGH,
  });
}

/** The pages of a list, from the first one on. */
export function usePages<Name extends PagedName>(name: Name, args: Omit<Arguments<Name>, 'p_before'>) {
  const exchange = useExchange();
  return useInfiniteQuery({
    queryKey: [QUERY_KEY, name, 'pages', args],
    queryFn: ({ signal, pageParam }) =>
      exchange.call(name, { ...args, p_before: pageParam } as Arguments<Name>, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page as { next_before: string | null }).next_before,
    ...ASKED_ENOUGH,
  });
}

export type Progress<Name extends FunctionName> =
  | { state: 'ready' }
  | { state: 'sending'; isDelayed: boolean }
  | { state: 'done'; reply: Success<Name> }
  | { state: 'refused'; refusal: Refusal<Name> }
  | { state: 'failed'; error: NoAnswer | Fault };

export interface Action<Name extends FunctionName> {
  progress: Progress<Name>;
  /** Sends it, unless it is being sent. */
  start: (args: Arguments<Name>) => void;
  /** Back to `ready`. */
  reset: () => void;
}

/** Something that a person asks for by a click. Once it is done, all that is shown is read again. */
export function useAction<Name extends FunctionName>(name: Name): Action<Name> {
  const exchange = useExchange();
  const queries = useQueryClient();
  const [isDelayed, setDelayed] = useState(false);
  const { mutate, reset, ...mutation } = useMutation<Reply<Name>, NoAnswer | Fault, Arguments<Name>>({
    mutationFn: (args) => exchange.call(name, args, { onDelay: () => setDelayed(true) }),
    onMutate: () => setDelayed(false),
    onSuccess: (reply) => {
      if (!isRefusal(reply)) void queries.invalidateQueries({ queryKey: [QUERY_KEY] });
    },
    // Offline it is sent, too, so that somebody is told.
    networkMode: 'always',
  });
  return {
    progress: progressOf<Name>(mutation, isDelayed),
    start: (args) => {
      if (!mutation.isPending) mutate(args);
    },
    reset,
  };
}

interface Sent<Name extends FunctionName> {
  status: 'idle' | 'pending' | 'success' | 'error';
  data: Reply<Name> | undefined;
  error: NoAnswer | Fault | null;
}

function progressOf<Name extends FunctionName>(
  { status, data, error }: Sent<Name>,
  isDelayed: boolean,
): Progress<Name> {
  if (status === 'idle') return { state: 'ready' };
  if (status === 'pending') return { state: 'sending', isDelayed };
  if (status === 'error') return { state: 'failed', error: error! };
  return isRefusal(data!)
    ? { state: 'refused', refusal: data as Refusal<Name> }
    : { state: 'done', reply: data as Success<Name> };
}

function isRefusal(reply: unknown): boolean {
  return (reply as { success?: boolean }).success === false;
}
