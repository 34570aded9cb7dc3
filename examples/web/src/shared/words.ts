// Credits, times and roles in the words that people read.
import type { WallClock } from '../api/replies';

const LOCALE = 'en-GB';

export function credits(amount: number): string {
  return `${amount.toLocaleString(LOCALE)} ${Math.abs(amount) === 1 ? 'credit' : 'credits'}`;
}

/** Whoever has been deleted no longer has a name. */
export function nameOf(person: { name: string } | null): string {
  return person?.name ?? 'a colleague who has left';
}

/** A movement with its sign; a true minus is as wide as a plus. */
export function signed(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${Math.abs(amount).toLocaleString(LOCALE)}`;
}

/** Tuesday 1 December */
export function day(date: string): string {
  return onWallClock(date, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** Tue 1 Dec, 10:00; with its year where that is not this year. */
export function dayAndTime({ session_date, start_time }: WallClock): string {
  const isThisYear = session_date.startsWith(String(new Date().getFullYear()));
  const year = isThisYear ? {} : ({ year: 'numeric' } as const);
  const date = onWallClock(session_date, { weekday: 'short', day: 'numeric', month: 'short', ...year });
  return `${date.replace(',', '')}, ${start_time.slice(0, 5)}`;
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

/** Europe/Paris is Paris time. */
export function zone(timezone: string): string {
  return timezone.includes('/') ? `${timezone.split('/').at(-1)?.replaceAll('_', ' ')} time` : timezone;
}

/** The same instant by the reader's clock, where that differs from the practitioner's. */
export function readersTime(clock: WallClock, instant: string): string | null {
  const here = new Date(instant).toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' });
  return here === clock.start_time.slice(0, 5) ? null : `${here} your time`;
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
  const day = new Date();
  day.setDate(day.getDate() + days);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

export function daysAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** A wall clock has no zone: it is read and written in UTC, so that nothing is shifted. */
function onWallClock(date: string, format: Intl.DateTimeFormatOptions): string {
  return new Date(`${date}T00:00Z`).toLocaleDateString(LOCALE, { ...format, timeZone: 'UTC' });
}
