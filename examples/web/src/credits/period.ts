// Which days a statement and its chart are about.
import { daysAfter } from '@peer-exchange/client/hooks';
import { daysFromToday } from '../shared/words';

/** Both days included; null where there is no bound. */
export interface Bounds {
  from: string | null;
  to: string | null;
}

/** So many days until today, all of them (null), or these, whichever of the two is the later one. */
export type Period = number | null | Bounds;

/** The first one is what the page opens with. */
export const PERIODS = [
  { days: 90, label: 'Last 90 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 7, label: 'Last 7 days' },
  { days: null, label: 'All' },
] as const;

export function isOther(period: Period): period is Bounds {
  return typeof period === 'object' && period !== null;
}

export function boundsOf(period: Period): Bounds {
  if (!isOther(period)) return { from: period === null ? null : daysFromToday(-period), to: null };
  const { from, to } = period;
  return from !== null && to !== null && from > to ? { from: to, to: from } : period;
}

/** No more than these does the server tell day by day. */
const MOST_DAYS = 400;

/** What of it can be told day by day: its end. Where it ends today, that may be tomorrow on the clock she has published. */
export function dayByDay({ from, to }: Bounds): Bounds {
  const earliest = to === null ? daysFromToday(2 - MOST_DAYS) : daysAfter(to, 1 - MOST_DAYS);
  return { from: from === null || from < earliest ? earliest : from, to };
}
