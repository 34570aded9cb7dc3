// A slot picker without a look: which times there are on the days that are shown, and which one is chosen.
import { useState } from 'react';
import type { Arguments, Refusal } from '../database.js';
import type { Slot } from '../functions.js';
import { byDay, dayOf, daysAfter, readersZone } from './days.js';
import { useReading } from './queries.js';

export interface SlotPickerOptions extends Omit<Arguments<'get_available_slots'>, 'p_from' | 'p_to'> {
  /** On whose days times are listed; the reader's, if nothing is said. */
  timezone?: string;
  /** How many days are shown at once; 7. */
  days?: number;
}

const TODAY = 0;

export function useSlotPicker({ timezone = readersZone(), days = 7, ...args }: SlotPickerOptions) {
  const today = dayOf(Date.now(), timezone);
  const [ahead, setAhead] = useState(TODAY);
  const [chosen, choose] = useState<Slot | null>(null);
  const from = daysAfter(today, ahead);
  const to = daysAfter(from, days - 1);
  // A day of the reader's may begin and end in those before and after on the practitioner's calendar.
  const query = useReading('get_available_slots', {
    ...args,
    p_from: daysAfter(from, -1),
    p_to: daysAfter(to, 1),
  });
  const reply = query.data;
  const slots = reply?.success
    ? reply.slots.filter(({ starts_at }) => isWithin(dayOf(starts_at, timezone)))
    : [];
  function isWithin(day: string) {
    return from <= day && day <= to;
  }
  const show = (first: number) => {
    setAhead(Math.max(TODAY, first));
    choose(null);
  };

  return {
    query,
    /** The days that are shown, the last one included. */
    from,
    to,
    /** Those of them that have times, in their order. */
    days: byDay(inOrder(slots), ({ starts_at }) => dayOf(starts_at, timezone)),
    timezone,
    /** What the practitioner's calendar is on, and what each of the times costs; null before they are there. */
    offer: reply?.success ? reply : null,
    /** Why none can be booked. */
    refusal: reply && !reply.success ? (reply as Refusal<'get_available_slots'>) : null,
    chosen,
    choose,
    later: () => show(ahead + days),
    /** Null on the first page. */
    earlier: ahead > TODAY ? () => show(ahead - days) : null,
  };
}

/** Where a clock is set back, the order of the wall clock is not that of instants. */
function inOrder(slots: Slot[]): Slot[] {
  return [...slots].sort((one, other) => one.starts_at.localeCompare(other.starts_at));
}
