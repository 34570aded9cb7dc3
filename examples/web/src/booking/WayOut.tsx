import { explain } from '../api/refusals';
import type { Refusal } from '../api/replies';
import { useAccount } from '../shared/account';
import { addressOf, CREDITS, FIND } from '../shared/route';
import { shorterDuration } from './durations';

interface WayOutProps {
  refusal: Refusal;
  durationMinutes: number;
  /** Shows the times that are free now. */
  onOtherTime: () => void;
  onOtherDuration: (minutes: number) => void;
}

/** What can be done after a refusal, and never what would only be refused again. */
export function WayOut({ refusal, durationMinutes, onOtherTime, onOtherDuration }: WayOutProps) {
  const { signOut } = useAccount();
  const { next } = explain(refusal);
  const shorter = shorterDuration(refusal, durationMinutes);
  switch (next) {
    case 'close':
      return null;
    case 'sign_in':
      return (
        <button type="button" class="primary" onClick={signOut}>
          Sign in again
        </button>
      );
    case 'choose_practitioner':
      return (
        <a class="button primary" href={addressOf(FIND)}>
          Find another colleague
        </a>
      );
    case 'choose_duration':
      return shorter === null ? (
        <a class="button primary" href={addressOf(CREDITS)}>
          See your credits
        </a>
      ) : (
        <button type="button" class="primary" onClick={() => onOtherDuration(shorter)}>
          Show sessions of {shorter} minutes
        </button>
      );
    default:
      return (
        <button type="button" class="primary" onClick={onOtherTime}>
          Show free times
        </button>
      );
  }
}
