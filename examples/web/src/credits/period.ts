// Which days a statement and its chart are about.
import { daysAfter } from '@peer-exchange/client/hooks';
import { daysFromToday } from '../shared/words';

/** Both days included; null where there is no bound. */
export interface Period {
  from: string | null;
  to: string | null;
}

/** The first one is what the page opens with. */
export const PERIODS = [
  { days: 90, label: 'Last 90 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 7, label: 'Last 7 days' },
  { days: null, label: 'All' },
] as const;

export function lastDays(days: number | null): Period {
  return { from: days === null ? null : daysFromToday(-days), to: null };
}

/** No more than these does the server tell day by day. */
const MOST_DAYS = 400;

/** What of it can be told day by day: its end. Where it ends today, that may be tomorrow on the clock she has published. */
export function dayByDay({ from, to }: Period): Period {
  const earliest = to === null ? daysFromToday(2 - MOST_DAYS) : daysAfter(to, 1 - MOST_DAYS);
  return { from: from === null || from < earliest ? earliest : from, to };
}
