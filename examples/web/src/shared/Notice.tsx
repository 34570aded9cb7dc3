// Sentences that tell of something, each with what to do next.
import type { ComponentChildren } from 'preact';
import { explain } from '../api/refusals';
import type { Refusal } from '../api/replies';
import { describe } from '../api/troubles';
import { useAccount } from './account';

interface NoticeProps {
  kind: 'refusal' | 'trouble' | 'success' | 'quiet';
  sentence: string;
  advice?: string;
  children?: ComponentChildren;
}

export function Notice({ kind, sentence, advice, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'refusal' || kind === 'trouble' ? 'alert' : 'status'}>
      <p>
        <strong>{sentence}</strong> {advice}
      </p>
      {children && <div class="actions">{children}</div>}
    </div>
  );
}

/** A refusal; the caller offers what its next step needs. */
export function RefusalNotice({ refusal, children }: { refusal: Refusal; children?: ComponentChildren }) {
  const { sentence, advice } = explain(refusal);
  return (
    <Notice kind="refusal" sentence={sentence} advice={advice}>
      {children}
    </Notice>
  );
}

/** A fault or a lost answer, with a way to go on. */
export function TroubleNotice({ error, again }: { error: unknown; again: () => void }) {
  const { signOut } = useAccount();
  const { sentence, advice, isSignedOut } = describe(error);
  return (
    <Notice kind="trouble" sentence={sentence} advice={advice}>
      <button type="button" onClick={isSignedOut ? signOut : again}>
        {isSignedOut ? 'Sign in again' : 'Try again'}
      </button>
    </Notice>
  );
}
