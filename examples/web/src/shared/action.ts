// Something that a person asks for once, however often it has to be sent until an answer comes.
import { useState } from 'preact/hooks';
import type { Refusal, Reply } from '../api/replies';

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

/**
 * `send` is given the key of this request and whom to tell of a delay. The key stays the same until an
 * answer comes; after a refusal a new request begins.
 */
export function useAction<Success>(
  send: (idempotencyKey: string, onDelay: () => void) => Promise<Reply<Success>>,
  onDone: () => void,
): Action<Success> {
  const [progress, setProgress] = useState<Progress<Success>>({ state: 'ready' });
  const [key, setKey] = useState(newKey);

  const start = () => {
    if (progress.state === 'sending') return;
    setProgress({ state: 'sending', isDelayed: false });
    send(key, () => setProgress({ state: 'sending', isDelayed: true })).then(
      (reply) => {
        if (reply.success) {
          setProgress({ state: 'done', reply });
          onDone();
        } else {
          setKey(newKey());
          setProgress({ state: 'refused', refusal: reply });
        }
      },
      (error: unknown) => setProgress({ state: 'failed', error }),
    );
  };

  return { progress, start };
}

/** crypto.randomUUID is missing where a page is served without TLS from elsewhere than this machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
