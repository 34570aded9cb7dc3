// Lists that come a page at a time: by the last one of the page before, or by how many came before.
import type { Arguments, FunctionName, Reply } from './database.js';

/** Functions that answer a page at a time. */
export type PagedName = {
  [Name in FunctionName]: Reply<Name> extends Page ? Name : never;
}[FunctionName];

/** What is asked for, on whichever page. */
export type PagedArguments<Name extends PagedName> = Omit<Arguments<Name>, 'p_before' | 'p_offset'>;

/** Where a page begins; the first one says nothing. */
export interface Cursor {
  p_before?: string;
  p_offset?: number;
}

type Page = { next_before: string | null } | { total: number; practitioners: unknown[] };

export function argumentsOf<Name extends PagedName>(args: PagedArguments<Name>, cursor: Cursor) {
  return { ...args, ...cursor } as Arguments<Name>;
}

/** Where the page after this one begins; null after the last. */
export function nextPage(page: Page, { p_offset = 0 }: Cursor): Cursor | null {
  if ('next_before' in page) return page.next_before === null ? null : { p_before: page.next_before };
  const reached = p_offset + page.practitioners.length;
  return page.practitioners.length > 0 && reached < page.total ? { p_offset: reached } : null;
}
