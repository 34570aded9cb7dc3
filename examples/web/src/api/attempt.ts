// Asking until an answer comes. Every request of this page may be repeated: it reads, or it bears an
// idempotency key, or doing it twice is refused. docs/reference.md, "Retries", says which and why.

const TIMEOUT_MILLISECONDS = 10_000;
/** The pauses before the second, third and fourth attempt. */
const PAUSES_MILLISECONDS = [500, 1_500, 3_000];
/** Faults with a status of 500 that stay the same however often one asks. */
const LASTING_FAULTS = new Set(['XX001', '55000']);

/** No attempt got an answer: whether it happened is not known. */
export class NoAnswer extends Error {
  constructor(
    /** That of whatever stands before the server and can't reach it; 0 where nothing answered at all. */
    readonly status: number,
  ) {
    super('The server did not answer');
  }
}

/** The server answered that it can't: everything was rolled back, and repeating won't help. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** What supabase-js gives for a request. */
interface Response {
  data: unknown;
  error: { message: string; code: string } | null;
  status: number;
}

export type Request = (signal: AbortSignal) => PromiseLike<Response>;

/** Repeats a request until it is answered. `onDelay` hears of every attempt that was not. */
export async function ask<Answer>(request: Request, onDelay?: () => void): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const { data, error, status } = await request(AbortSignal.timeout(TIMEOUT_MILLISECONDS));
    if (!error) return data as Answer;
    if (isAnswer(status, error.code)) throw new Fault(error.message, error.code, status);
    const pause = PAUSES_MILLISECONDS[attempt];
    if (pause === undefined) throw new NoAnswer(status);
    onDelay?.();
    await untilWorthTrying(pause);
  }
}

/** supabase-js gives status 0 where the connection failed. */
function isAnswer(status: number, code: string): boolean {
  return (status > 0 && status < 500) || LASTING_FAULTS.has(code);
}

/** A pause that ends early when the browser finds its network again. */
function untilWorthTrying(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      resolve();
    };
    const timer = setTimeout(goOn, milliseconds);
    addEventListener('online', goOn);
  });
}
