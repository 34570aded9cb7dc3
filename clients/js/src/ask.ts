// Asking until an answer comes, or there is no end to it.

/** So long one attempt may take. */
const TIMEOUT_MILLISECONDS = 10_000;
/** The pauses before the second, third and fourth attempt, of which each is up to a half longer or shorter. */
const PAUSES_MILLISECONDS = [500, 1_500, 3_000];
/** Faults with a status of 500 that stay the same however often one asks. */
const LASTING_FAULTS = new Set(['XX001', '55000']);

/** No attempt got an answer: whether it happened is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(
    /** That of whatever stands before the server and can't reach it; 0 where the connection is lost. */
    readonly status: number,
  ) {
    super(status === 0 ? 'The connection is lost' : 'The server does not answer');
  }

  /** Whether nothing answered at all, as without a network. */
  get isConnectionLost(): boolean {
    return this.status === 0;
  }
}

/** The server answered that it can't: everything was rolled back. */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    message: string,
    /** The SQLSTATE, or PostgREST's own code. */
    readonly code: string,
    readonly status: number,
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

/** What supabase-js gives for a request. */
export interface Response<Answer> {
  data: Answer | null;
  error: { message: string; code: string; hint?: string | null } | null;
  status: number;
}

export interface AskOptions {
  /** Hears of every attempt that got no answer, before it is made again. */
  onDelay?: () => void;
  /** Ends the asking; what is under way may happen all the same. */
  signal?: AbortSignal;
  /** For what must not happen twice and takes no key: after one attempt without an answer there is no other. */
  once?: boolean;
}

/** Repeats a request until it is answered; where that is not allowed, say `once`. */
export async function ask<Answer>(
  request: (signal: AbortSignal) => PromiseLike<Response<Answer>>,
  { onDelay, signal, once }: AskOptions = {},
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const { data, error, status } = await attemptOnce(request, signal);
    if (!error) return data as Answer;
    if (isAnswer(status, error.code)) throw new Fault(error.message, error.code, status, error.hint);
    const pause = once ? undefined : PAUSES_MILLISECONDS[attempt];
    if (pause === undefined) throw new NoAnswer(status);
    onDelay?.();
    await untilWorthTrying(pause * (0.5 + Math.random()), signal);
  }
}

async function attemptOnce<Answer>(
  request: (signal: AbortSignal) => PromiseLike<Response<Answer>>,
  signal?: AbortSignal,
): Promise<Response<Answer>> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, TIMEOUT_MILLISECONDS);
  signal?.addEventListener('abort', end);
  try {
    const response = await request(limit.signal);
    signal?.throwIfAborted();
    return response;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** supabase-js gives status 0 where the connection failed. A deadlock or a timeout (both 500) is worth another attempt. */
function isAnswer(status: number, code: string): boolean {
  return (status > 0 && status < 500) || LASTING_FAULTS.has(code);
}

/** A pause that ends early when the browser finds its network again. */
function untilWorthTrying(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      signal?.removeEventListener('abort', done);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(done, milliseconds);
    globalThis.addEventListener?.('online', done);
    signal?.addEventListener('abort', done);
  });
}
