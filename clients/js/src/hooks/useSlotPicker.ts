// A slot picker without a look: which times there are on the days that are shown, by whose clock, and which one is chosen.
import { useState } from 'react';
import type { Arguments, Refusal, Success } from '../database.js';
import type { Slot } from '../functions.js';
import { byDay, clockOf, daysAfter, readersZone } from './days.js';
import { useReading } from './queries.js';

export interface SlotPickerOptions extends Omit<Arguments<'get_available_slots'>, 'p_from' | 'p_to'> {
  /** The reader's time zone; that of the browser, if nothing is said. */
  timezone?: string;
  /** How many days are shown at once; 7. */
  days?: number;
  /** The first day that is shown in the beginning; today, if nothing is said. */
  from?: string | undefined;
  /** Hears which day is to be shown first and gives it back in `from`, such as an address. Without, the picker keeps it itself. */
  onShow?: ((from: string) => void) | undefined;
}

/** By whose clock times are listed. */
export type Clock = 'reader' | 'practitioner';

export interface OfferedSlot extends Slot {
  /** The practitioner's. */
  timezone: string;
  /** The day that it is listed under, and the time that it bears, on the clock that is chosen. */
  shown: { date: string; time: string };
}

export function useSlotPicker({
  timezone = readersZone(),
  days = 7,
  from: given,
  onShow,
  ...args
}: SlotPickerOptions) {
  const today = clockOf(Date.now(), timezone).date;
  const [kept, keep] = useState(given ?? today);
  const [clock, setClock] = useState<Clock>('reader');
  // What is chosen stays so on whatever days are shown, but is offered for these arguments and no others.
  const wanted = JSON.stringify(args);
  const [choice, setChoice] = useState<{ wanted: string; slot: OfferedSlot } | null>(null);
  if (choice && choice.wanted !== wanted) setChoice(null);
  const chosen = choice?.wanted === wanted ? choice.slot : null;
  const choose = (slot: OfferedSlot | null) => setChoice(slot && { wanted, slot });
  const from = onShow ? (given ?? today) : kept;
  const to = daysAfter(from, days - 1);
  // A day of the reader's may begin and end in those before and after on the practitioner's calendar.
  const query = useReading('get_available_slots', {
    ...args,
    p_from: daysAfter(from, -1),
    p_to: daysAfter(to, 1),
  });
  const reply = query.data;
  const offer = reply?.success ? reply : null;
  const slots = offer ? offeredBy(offer, clock, timezone) : [];
  const inDays = slots.filter(({ shown }) => from <= shown.date && shown.date <= to);

  /** From this day on, but never from one that has passed. */
  const show = (first: string) => (onShow ?? keep)(first < today ? today : first);

  return {
    query,
    /** The days that are shown, the last one included. */
    from,
    to,
    /** Times in their order. */
    slots: inDays,
    /** The same under their days; a day without any is left out. */
    days: byDay(inDays, ({ shown }) => shown.date),
    timezone,
    clock,
    setClock,
    /** Whether the two clocks show any of these times differently. */
    clocksDiffer: offer !== null && slots.some((slot) => differs(slot, timezone)),
    /** What the practitioner's calendar is on, and what each of the times costs; null before they are there. */
    offer,
    /** Why none can be booked. */
    refusal: reply && !reply.success ? (reply as Refusal<'get_available_slots'>) : null,
    chosen,
    choose,
    show,
    later: () => show(daysAfter(from, days)),
    /** Null where today is shown. */
    earlier: from > today ? () => show(daysAfter(from, -days)) : null,
    /** Another time is to be chosen, of those that are free now. */
    chooseAgain: () => {
      choose(null);
      void query.refetch();
    },
  };
}

/** In the order of instants: where a clock is set back, that of the wall clock is another. */
function offeredBy(
  { slots, timezone: theirs }: Success<'get_available_slots'>,
  clock: Clock,
  timezone: string,
): OfferedSlot[] {
  return slots
    .map((slot) => ({
      ...slot,
      timezone: theirs,
      shown: clock === 'reader' ? clockOf(slot.starts_at, timezone) : publishedTime(slot),
    }))
    .sort((one, other) => one.starts_at.localeCompare(other.starts_at));
}

/** As the server says it, since Postgres knows some zones that a browser does not. */
function publishedTime({ session_date, start_time }: Slot) {
  return { date: session_date, time: start_time.slice(0, 5) };
}

function differs(slot: Slot, timezone: string): boolean {
  const [mine, theirs] = [clockOf(slot.starts_at, timezone), publishedTime(slot)];
  return mine.date !== theirs.date || mine.time !== theirs.time;
}
