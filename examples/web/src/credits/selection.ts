// Which entries of a statement are shown. The address says so, too.
import type { Arguments, PagedArguments } from '@peer-exchange/client';
import { isDate, isId } from '../shared/written';
import { boundsOf, isOther, PERIODS, type Period } from './period';

export type EntryKind = NonNullable<Arguments<'get_credit_statement'>['p_kind']>;

export const KINDS: Record<EntryKind, string> = {
  earned: 'Earned',
  spent: 'Spent',
  held: 'Held and released',
  refunded: 'Given back',
  granted: 'Granted',
  adjusted: 'Corrected',
};

/** Null where it does not matter. */
export interface Selection {
  period: Period;
  kind: EntryKind | null;
  counterpartId: string | null;
}

/** What the page opens with. */
export const RECENT: Selection = { period: PERIODS[0].days, kind: null, counterpartId: null };

export function isEverything({ period, kind, counterpartId }: Selection): boolean {
  const { from, to } = boundsOf(period);
  return (from ?? to ?? kind ?? counterpartId) === null;
}

export function selected({ period, kind, counterpartId }: Selection): PagedArguments<'get_credit_statement'> {
  const { from, to } = boundsOf(period);
  return { p_from: from, p_to: to, p_kind: kind, p_counterpart_id: counterpartId };
}

/** What an address says of it; what makes no sense there is as if it were not said. */
export function selectionOf(query: string): Selection {
  const said = new URLSearchParams(query);
  const [kind, counterpartId] = [said.get('kind') ?? '', said.get('with') ?? ''];
  return {
    period: periodOf(said),
    kind: Object.hasOwn(KINDS, kind) ? (kind as EntryKind) : null,
    counterpartId: isId(counterpartId) ? counterpartId : null,
  };
}

function periodOf(said: URLSearchParams): Period {
  if (said.has('from') || said.has('to')) {
    return { from: dayOf(said.get('from')), to: dayOf(said.get('to')) };
  }
  const found = PERIODS.find(({ days }) => said.get('days') === daysText(days));
  return found ? found.days : RECENT.period;
}

function dayOf(text: string | null): string | null {
  return text !== null && isDate(text) ? text : null;
}

/** The other way round. */
export function saidOf({ period, kind, counterpartId }: Selection): Record<string, string> {
  return {
    ...(isOther(period) && { from: period.from ?? '', to: period.to ?? '' }),
    ...(!isOther(period) && period !== RECENT.period && { days: daysText(period) }),
    ...(kind && { kind }),
    ...(counterpartId && { with: counterpartId }),
  };
}

function daysText(days: number | null): string {
  return days === null ? 'all' : String(days);
}
