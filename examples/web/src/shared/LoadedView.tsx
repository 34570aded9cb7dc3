// What comes from the server, in each of its states.
import type { ComponentChildren } from 'preact';
import { Notice, TroubleNotice } from './Notice';

/** A query of TanStack Query, of one answer or of pages. */
export interface Asked<Value> {
  data: Value | undefined;
  error: unknown;
  isFetching: boolean;
  /** Offline: it is asked once the network is back. */
  isPaused: boolean;
  refetch: () => unknown;
  isFetchNextPageError?: boolean;
  fetchNextPage?: () => unknown;
}

interface LoadedViewProps<Value> {
  of: Asked<Value>;
  /** What is being loaded, as in "Loading your sessions". */
  what: string;
  children: (value: Value) => ComponentChildren;
}

export function LoadedView<Value>({ of, what, children }: LoadedViewProps<Value>) {
  const { data, error, isFetching, isPaused } = of;
  return (
    <div aria-busy={isFetching}>
      {isPaused && <OfflineNotice />}
      {error !== null && !isFetching && !isPaused && <TroubleNotice error={error} again={() => askAgain(of)} />}
      {data !== undefined ? children(data) : isFetching && <Placeholder what={what} />}
    </div>
  );
}

/** Where the next page did not come, that one alone. */
function askAgain({ isFetchNextPageError, fetchNextPage, refetch }: Asked<unknown>): void {
  if (isFetchNextPageError) fetchNextPage?.();
  else refetch();
}

function OfflineNotice() {
  return (
    <Notice
      kind="trouble"
      sentence="You are offline."
      advice="Check your connection: this loads by itself once there is one."
    />
  );
}

function Placeholder({ what }: { what: string }) {
  return (
    <div class="placeholder" role="status">
      <span class="unseen">Loading {what} …</span>
      <div />
      <div />
      <div />
    </div>
  );
}

/** Nothing is there yet: says so, and what would change it. */
export function Empty({ sentence, children }: { sentence: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{sentence}</p>
      {children}
    </div>
  );
}

export function MoreButton({
  more,
  isLoading,
  label,
}: {
  more: (() => void) | null;
  isLoading: boolean;
  label: string;
}) {
  if (!more) return null;
  return (
    <p class="more">
      <button type="button" onClick={more} aria-disabled={isLoading}>
        {label}
      </button>
    </p>
  );
}
