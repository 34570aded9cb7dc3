import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api/replies';
import type { Action } from './action';
import { Notice, RefusalNotice, TroubleNotice } from './Notice';

interface ActionNoticeProps<Success> {
  action: Action<Success>;
  /** What the caller offers after a refusal. */
  children?: (refusal: Refusal) => ComponentChildren;
}

/** How an action is going, until it has succeeded. */
export function ActionNotice<Success>({ action, children }: ActionNoticeProps<Success>) {
  const { progress, start } = action;
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
      return <TroubleNotice error={progress.error} again={start} />;
    default:
      return null;
  }
}
