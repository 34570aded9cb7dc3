// A statement without a look: what somebody has, and its entries by day, as far as they were asked for.
import type { Arguments } from '../database.js';
import { byDay, dayOf, readersZone } from './days.js';
import { usePages } from './queries.js';

export interface StatementOptions extends Omit<Arguments<'get_credit_statement'>, 'p_before'> {
  /** By whose days entries are listed; the reader's, if nothing is said. */
  timezone?: string;
}

/** The day of an entry that an older generation of code wrote down without one. */
export const NO_DAY = '';

export function useStatement({ timezone = readersZone(), ...args }: StatementOptions = {}) {
  const query = usePages('get_credit_statement', args);
  const pages = query.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);
  return {
    query,
    /** Balance, what is held and so on, as they stand now; null before they are there. */
    account: pages[0] ?? null,
    days: byDay(entries, ({ created_at }) => (created_at === null ? NO_DAY : dayOf(created_at, timezone))),
    timezone,
    /** Asks for the next page; null where there is none. */
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}
