// What comes from the server, in each of its states.
import type { ComponentChildren } from 'preact';
import type { Loaded } from './load';
import { TroubleNotice } from './Notice';

interface LoadedViewProps<Value> {
  of: Loaded<Value>;
  /** What is being loaded, as in "Loading your sessions". */
  what: string;
  children: (value: Value) => ComponentChildren;
}

export function LoadedView<Value>({ of, what, children }: LoadedViewProps<Value>) {
  return (
    <div aria-busy={of.isLoading}>
      {of.error !== null && <TroubleNotice error={of.error} again={of.reload} />}
      {of.value !== null ? children(of.value) : of.isLoading && <Placeholder what={what} />}
    </div>
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
