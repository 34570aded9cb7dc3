// Which entries of a statement are shown.
import type { Arguments, PagedArguments } from '@peer-exchange/client';
import type { Period } from './period';

export type EntryKind = NonNullable<Arguments<'get_credit_statement'>['p_kind']>;

/** Null where it does not matter. */
export interface Selection extends Period {
  kind: EntryKind | null;
  counterpartId: string | null;
}

export function selected({
  from,
  to,
  kind,
  counterpartId,
}: Selection): PagedArguments<'get_credit_statement'> {
  return { p_from: from, p_to: to, p_kind: kind, p_counterpart_id: counterpartId };
}
