// How long a session may be that this page offers, and what still fits after a refusal.
import type { Refusal } from '../api/replies';

export const DURATIONS_MINUTES = [15, 30, 45, 60, 90, 120];

/** The longest session that this refusal would not be given for; null where none is short enough. */
export function shorterDuration({ error_code, details }: Refusal, refusedMinutes: number): number | null {
  const limit =
    error_code === 'INSUFFICIENT_CREDITS'
      ? (refusedMinutes * Number(details['available'])) / Number(details['required'])
      : Number(details['max_duration_minutes']);
  return DURATIONS_MINUTES.filter((minutes) => minutes <= limit && minutes < refusedMinutes).at(-1) ?? null;
}
