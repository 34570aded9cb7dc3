// Credits, times and roles in the words that people read.

import { clockOf, daysAfter, readersZone } from '@peer-exchange/client/hooks';

const LOCALE = 'en-GB';

export function credits(amount: number): string {
  return `${amount.toLocaleString(LOCALE)} ${Math.abs(amount) === 1 ? 'credit' : 'credits'}`;
}

/** Whoever has been deleted no longer has a name. */
export function nameOf(person: { name: string } | null): string {
  return person?.name ?? 'a colleague who has left';
}

/** A movement with its sign; a true minus is as wide as a plus. What is only held is nobody else's yet: 0. */
export function signed(amount: number): string {
  if (amount === 0) return '0';
  return `${amount < 0 ? '−' : '+'}${Math.abs(amount).toLocaleString(LOCALE)}`;
}

/** An instant by the reader's own clock. */
export function moment(instant: string): string {
  const format = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Date(instant).toLocaleString(LOCALE, format);
}

/** The date of an instant by the reader's own clock. */
export function date(instant: string | Date): string {
  return new Date(instant).toLocaleDateString(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
}

export const ROLES: Record<string, string> = {
  osteopath: 'Osteopath',
  sports_therapist: 'Sports therapist',
  massage_therapist: 'Massage therapist',
};

export function role(label: string): string {
  return ROLES[label] ?? label.replaceAll('_', ' ');
}

/** What somebody of this role gives, unless the client asks for something else. */
export function treatment(label: string): string {
  const usual: Record<string, string> = {
    osteopath: 'Osteopathy',
    sports_therapist: 'Sports therapy',
    massage_therapist: 'Massage',
  };
  return usual[label] ?? 'Treatment';
}

/** Today and so many days from it, by the reader's calendar, as YYYY-MM-DD. */
export function daysFromToday(days: number): string {
  return daysAfter(clockOf(Date.now(), readersZone()).date, days);
}
