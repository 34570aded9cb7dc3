// Every refusal as a sentence for the person who asked, and what to do next.
import type { RefusalCode } from '@peer-exchange/client';
import type { Refusal } from './replies';

/** What the page can offer after a refusal. */
export type NextStep =
  'choose_time' | 'choose_duration' | 'choose_practitioner' | 'load_again' | 'sign_in' | 'close';

interface Advice {
  sentence: string | ((details: Record<string, unknown>) => string);
  advice: string;
  next: NextStep;
}

const ADVICE = {
  MISSING_PARAMETER: {
    sentence: 'Something is missing.',
    advice: 'Fill in what the booking is for, then try again.',
    next: 'close',
  },
  INVALID_DURATION: {
    sentence: ({ max_duration_minutes: longest }) => `A session lasts at most ${longest} minutes.`,
    advice: 'Choose a shorter session.',
    next: 'choose_duration',
  },
  IDEMPOTENCY_KEY_REUSED: {
    sentence: 'This request was used for something else before.',
    advice: 'Close this and start again; nothing was charged.',
    next: 'load_again',
  },
  SELF_BOOKING: {
    sentence: 'You can’t book yourself.',
    advice: 'Choose a colleague instead.',
    next: 'choose_practitioner',
  },
  CLIENT_NOT_FOUND: {
    sentence: 'Your account was not found.',
    advice: 'Sign in again.',
    next: 'sign_in',
  },
  PRACTITIONER_NOT_FOUND: {
    sentence: 'This colleague is no longer here.',
    advice: 'Choose somebody else.',
    next: 'choose_practitioner',
  },
  CLIENT_NOT_PRACTITIONER: {
    sentence: 'Only practitioners can book each other.',
    advice: 'Ask an administrator if your role is wrong.',
    next: 'close',
  },
  PRACTITIONER_NOT_ELIGIBLE: {
    sentence: 'This colleague doesn’t offer peer sessions.',
    advice: 'Choose somebody else.',
    next: 'choose_practitioner',
  },
  CLIENT_INACTIVE: {
    sentence: 'Your account is not active.',
    advice: 'An administrator can activate it again.',
    next: 'close',
  },
  PRACTITIONER_INACTIVE: {
    sentence: 'This colleague takes no bookings at present.',
    advice: 'Choose somebody else.',
    next: 'choose_practitioner',
  },
  PRODUCT_NOT_FOUND: {
    sentence: 'This treatment is no longer offered.',
    advice: 'Choose another one.',
    next: 'load_again',
  },
  SESSION_IN_PAST: {
    sentence: ({ min_notice_minutes: notice }) =>
      notice ? `A session must be booked ${notice} minutes ahead.` : 'This time has passed.',
    advice: 'Choose a later time.',
    next: 'choose_time',
  },
  TOO_FAR_AHEAD: {
    sentence: ({ max_advance_days: days }) => `A session can be booked up to ${days} days ahead.`,
    advice: 'Choose an earlier date.',
    next: 'choose_time',
  },
  OUTSIDE_WORKING_HOURS: {
    sentence: 'This time is outside the working hours.',
    advice: 'Choose another time.',
    next: 'choose_time',
  },
  PRACTITIONER_BLOCKED: {
    sentence: 'Your colleague is away at this time.',
    advice: 'Choose another time.',
    next: 'choose_time',
  },
  SLOT_CONFLICT: {
    sentence: 'This time is taken.',
    advice: 'Choose another time; nothing was charged.',
    next: 'choose_time',
  },
  CLIENT_CONFLICT: {
    sentence: 'There is another session at this time.',
    advice: 'Choose another time, or move the other session first.',
    next: 'choose_time',
  },
  INSUFFICIENT_CREDITS: {
    sentence: ({ required, available }) => `This costs ${required} credits and you have ${available}.`,
    advice: 'Choose a shorter session, or give a session yourself to earn credits.',
    next: 'choose_duration',
  },
  SESSION_NOT_FOUND: {
    sentence: 'This session is no longer there.',
    advice: 'Load your sessions again.',
    next: 'load_again',
  },
  NOT_PEER_BOOKING: {
    sentence: 'This session was not paid in credits.',
    advice: 'Change it where it was booked.',
    next: 'close',
  },
  PARTICIPANT_MISMATCH: {
    sentence: 'This session belongs to other people.',
    advice: 'Load your sessions again.',
    next: 'load_again',
  },
  ALREADY_CANCELLED: {
    sentence: ({ refunded_credits: refunded }) =>
      `This session has been cancelled already. ${refunded ?? 0} credits went back.`,
    advice: 'There is nothing left to do.',
    next: 'load_again',
  },
  NOT_CANCELLABLE: {
    sentence: 'This session can no longer be cancelled.',
    advice: 'Once it has begun, your colleague can still give the credits back.',
    next: 'load_again',
  },
  NOT_RESCHEDULABLE: {
    sentence: 'This session can no longer be moved.',
    advice: 'Book a new one instead.',
    next: 'load_again',
  },
  NOT_A_REQUEST: {
    sentence: 'This session is booked already: there is nothing to accept.',
    advice: 'You find it among your sessions.',
    next: 'load_again',
  },
  REQUEST_CLOSED: {
    sentence: 'This request can no longer be accepted.',
    advice: 'It was withdrawn or declined meanwhile.',
    next: 'load_again',
  },
  REQUEST_EXPIRED: {
    sentence: 'This request has expired.',
    advice: 'Your colleague has the credits again and may ask anew.',
    next: 'load_again',
  },
  RESCHEDULE_TOO_LATE: {
    sentence: 'It is too late to move this session: cancelling would no longer return all credits.',
    advice: 'Ask your colleague to move it, or keep the time.',
    next: 'close',
  },
  SESSION_NOT_BEGUN: {
    sentence: 'The session has not begun yet.',
    advice: 'Come back once it has.',
    next: 'close',
  },
  NOT_COMPLETABLE: {
    sentence: 'This session can no longer be completed.',
    advice: 'Look at what has become of it.',
    next: 'load_again',
  },
  NOT_REPORTABLE: {
    sentence: 'It is too late to report that nobody came to this session.',
    advice: 'Look at what has become of it.',
    next: 'load_again',
  },
  NOT_DISPUTED: {
    sentence: 'Nobody disputes this session any more.',
    advice: 'There is nothing left to do.',
    next: 'load_again',
  },
  BLOCK_NOT_FOUND: {
    sentence: 'This time is no longer blocked.',
    advice: 'Load the page again to see what is.',
    next: 'load_again',
  },
  INVALID_RATING: {
    sentence: 'A rating has one to five stars.',
    advice: 'Choose how many.',
    next: 'close',
  },
  RATED_ELSEWHERE: {
    sentence: 'Sessions are not rated here.',
    advice: 'This application has another way to do it.',
    next: 'close',
  },
  NOT_COMPLETED: {
    sentence: 'Only a session that has taken place can be rated.',
    advice: 'Look at what has become of it.',
    next: 'load_again',
  },
  RATING_CLOSED: {
    sentence: 'This session took place too long ago to be rated.',
    advice: 'There is nothing left to do.',
    next: 'load_again',
  },
} as const satisfies Record<RefusalCode, Advice> & Record<string, Advice>;

export interface Explanation {
  sentence: string;
  advice: string;
  next: NextStep;
}

/** A code that is newer than this page is explained by the server's own sentence. */
export function explain(refusal: Refusal): Explanation {
  const known: Advice | undefined = ADVICE[refusal.error_code];
  if (!known)
    return { sentence: `${refusal.error}.`, advice: 'Close this and try something else.', next: 'close' };
  const { sentence, advice, next } = known;
  return { sentence: typeof sentence === 'string' ? sentence : sentence(refusal.details), advice, next };
}
