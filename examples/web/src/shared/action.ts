// Something that a person asks for once, however often it has to be sent until an answer comes.
import { useState } from 'preact/hooks';
import type { Refusal } from '../api/replies';

export type Progress<Success> =
  | { state: 'ready' }
  | { state: 'sending'; isDelayed: boolean }
  | { state: 'done'; reply: Success }
  | { state: 'refused'; refusal: Refusal }
  | { state: 'failed'; error: unknown };

export interface Action<Success> {
  progress: Progress<Success>;
  start: () => void;
}

interface Succeeded {
  success: true;
}

/** `send` is given whom to tell of a delay. Sent again after a lost answer, it is the same request as before. */
export function useAction<Reply extends Succeeded | Refusal>(
  send: (onDelay: () => void) => Promise<Reply>,
  onDone: () => void,
): Action<Extract<Reply, Succeeded>> {
  const [progress, setProgress] = useState<Progress<Extract<Reply, Succeeded>>>({ state: 'ready' });

  const start = () => {
    if (progress.state === 'sending') return;
    setProgress({ state: 'sending', isDelayed: false });
    send(() => setProgress({ state: 'sending', isDelayed: true })).then(
      (reply) => {
        if (reply.success) {
          setProgress({ state: 'done', reply: reply as Extract<Reply, Succeeded> });
          onDone();
        } else {
          setProgress({ state: 'refused', refusal: reply });
        }
      },
      (error: unknown) => setProgress({ state: 'failed', error }),
    );
  };

  return { progress, start };
}
