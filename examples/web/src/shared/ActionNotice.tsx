import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api/replies';
import { Notice, RefusalNotice, TroubleNotice } from './Notice';

/** Any action of the typed client's. */
interface AnyAction {
  progress:
    | { state: 'ready' | 'done' }
    | { state: 'sending'; isDelayed: boolean }
    | { state: 'refused'; refusal: Refusal }
    | { state: 'failed'; error: unknown };
  again: () => void;
}

interface ActionNoticeProps {
  action: AnyAction;
  /** What the caller offers after a refusal. */
  children?: (refusal: Refusal) => ComponentChildren;
}

/** How an action is going, until it has succeeded. */
export function ActionNotice({ action, children }: ActionNoticeProps) {
  const { progress, again } = action;
  switch (progress.state) {
    case 'sending':
      return progress.isDelayed ? (
        <Notice kind="quiet" sentence="No answer yet." advice="Asking again; nothing is done twice." />
      ) : (
        <Notice kind="quiet" sentence="One moment …" />
      );
    case 'refused':
      return <RefusalNotice refusal={progress.refusal}>{children?.(progress.refusal)}</RefusalNotice>;
    case 'failed':
      return <TroubleNotice error={progress.error} again={again} />;
    default:
      return null;
  }
}
