// What went wrong, other than a refusal, as a sentence and what to do next.
import { Fault, NoAnswer } from '@peer-exchange/client';

/** Code of the page's own that did not come. */
export class PartMissing extends Error {}

export interface Trouble {
  sentence: string;
  advice: string;
  /** The token is no longer valid. */
  isSignedOut: boolean;
}

export function describe(error: unknown): Trouble {
  if (error instanceof NoAnswer && !error.isConnectionLost) {
    return {
      sentence: 'The server can’t answer at present.',
      advice: 'It is not your connection. Try again in a minute; nothing is done twice.',
      isSignedOut: false,
    };
  }
  if (error instanceof NoAnswer) {
    return {
      sentence: 'The server can’t be reached.',
      advice: 'Check your connection, then try again. Nothing is done twice.',
      isSignedOut: false,
    };
  }
  if (error instanceof PartMissing) {
    return {
      sentence: 'This part of the page can’t be loaded.',
      advice: 'Check your connection, then try again; or load the whole page again.',
      isSignedOut: false,
    };
  }
  if (error instanceof Fault && error.status === 401) {
    return { sentence: 'You have been signed out.', advice: 'Sign in again.', isSignedOut: true };
  }
  if (error instanceof Fault) {
    return {
      sentence: `The server could not do this: ${error.message}.`,
      advice: 'Nothing was changed. Load the page again, or ask an administrator.',
      isSignedOut: false,
    };
  }
  // A mistake in the page itself belongs in the console, not in front of people.
  throw error;
}
