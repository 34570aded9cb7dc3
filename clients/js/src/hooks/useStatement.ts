// A statement without a look: what somebody has, and its entries, as far as they were asked for.
import { byDay, clockOf, readersZone } from './days.js';
import type { PagedArguments } from '../pages.js';
import { moreOf, usePages } from './queries.js';
import type { PagesOptions } from './queries.js';

export interface StatementOptions extends PagedArguments<'get_credit_statement'> {
  /** By whose days entries are listed; the reader's, if nothing is said. */
  timezone?: string;
}

/** The day of an entry that an older generation of code wrote down without one. */
export const NO_DAY = '';

export function useStatement(
  { timezone = readersZone(), ...args }: StatementOptions = {},
  options?: PagesOptions<'get_credit_statement'>,
) {
  const query = usePages('get_credit_statement', args, options);
  const pages = query.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);
  return {
    query,
    /** Balance, what is held and so on, as they stand now; null before they are there. */
    account: pages[0] ?? null,
    /** Newest first. */
    entries,
    /** The same under their days. */
    days: byDay(entries, ({ created_at }) => (created_at === null ? NO_DAY : clockOf(created_at, timezone).date)),
    timezone,
    /** Asks for the next page; null where there is none. */
    more: moreOf(query),
  };
}
