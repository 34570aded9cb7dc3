// Free times on the clock by which they are shown.
import type { FreeTime, Slot } from '../api/replies';
import { clockOf, readersZone } from '../shared/time';

export type Clock = 'mine' | 'theirs';

export interface OfferedSlot extends Slot {
  timezone: string;
  /** The date that it is listed under, and the time that it bears. */
  shown: { date: string; time: string };
}

/** Those of the days from `first` to `last` on this clock, in their order. */
export function offered(free: FreeTime, clock: Clock, first: string, last: string): OfferedSlot[] {
  return free.slots
    .map((slot) => ({
      ...slot,
      timezone: free.timezone,
      shown:
        clock === 'mine'
          ? clockOf(slot.starts_at, readersZone())
          : { date: slot.session_date, time: slot.start_time.slice(0, 5) },
    }))
    .filter(({ shown }) => first <= shown.date && shown.date <= last)
    .sort((one, other) => one.starts_at.localeCompare(other.starts_at));
}

/** Whether the two clocks show different times for any of these. */
export function clocksDiffer(free: FreeTime): boolean {
  return free.slots.some(({ starts_at, session_date, start_time }) => {
    const { date, time } = clockOf(starts_at, readersZone());
    return date !== session_date || time !== start_time.slice(0, 5);
  });
}
