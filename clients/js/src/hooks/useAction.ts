// Something that a person asks for by a click, as a mutation of TanStack Query.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault, NoAnswer } from '../ask.js';
import type { Arguments, FunctionName, Refusal, Reply, Success } from '../database.js';
import { useExchange } from './provider.js';
import { useRefresh } from './useRefresh.js';

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
  /** Sends the same as before, so that whoever got no answer hears what happened. */
  again: () => void;
  /** Back to `ready`. */
  reset: () => void;
}

export interface ActionOptions<Name extends FunctionName> {
  /** Hears of it once it is done, whether the component is still there or not. */
  onDone?: (reply: Success<Name>) => void;
}

/** Once it is done, all that is shown is read again; what only reads changes nothing. */
export function useAction<Name extends FunctionName>(
  name: Name,
  { onDone }: ActionOptions<Name> = {},
): Action<Name> {
  const exchange = useExchange();
  const refresh = useRefresh();
  const [isDelayed, setDelayed] = useState(false);
  const { mutate, reset, ...mutation } = useMutation<Reply<Name>, NoAnswer | Fault, Arguments<Name>>({
    mutationFn: (args) => exchange.call(name, args, { onDelay: () => setDelayed(true) }),
    onMutate: () => setDelayed(false),
    onSuccess: (reply) => {
      if (isRefusal(reply)) return;
      if (!ONLY_READS.test(name)) void refresh();
      onDone?.(reply as Success<Name>);
    },
    // Offline it is sent, too, so that somebody is told.
    networkMode: 'always',
  });
  const start = (args: Arguments<Name>) => {
    if (!mutation.isPending) mutate(args);
  };
  return {
    progress: progressOf<Name>(mutation, isDelayed),
    start,
    again: () => {
      if (mutation.variables) start(mutation.variables);
    },
    reset,
  };
}

const ONLY_READS = /^(get|quote|search)_/;

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
