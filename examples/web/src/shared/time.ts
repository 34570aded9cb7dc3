// The times of sessions as people read them: by the reader's clock, and by that on which they were promised.

import { clockOf, readersZone } from '@peer-exchange/client/hooks';

export { clockOf, readersZone };

/** From when to when, as instants, and whose clock it was promised on. */
export interface SessionTime {
  starts_at: string;
  ends_at?: string | null;
  timezone?: string | null;
}

/** A date and a time on some clock. */
export interface ClockTime {
  session_date: string;
  start_time: string;
}

const LOCALE = 'en-GB';

/** Thu 26 Nov, 20:00–21:00 your time (15:30 in Madrid); both dates where they differ. */
export function whenText(time: SessionTime): string {
  const { yours, theirs } = whenParts(time);
  return theirs ? `${yours} ${theirs}` : yours;
}

/** The two clocks apart; `theirs` is null where both show the same. */
export function whenParts({ starts_at, ends_at, timezone }: SessionTime) {
  const here = readersZone();
  const start = clockOf(starts_at, here);
  const yours = `${dayText(start.date)}, ${start.time}${untilText(start.date, ends_at, here)} your time`;
  // Postgres knows some zones that a browser does not.
  const there = timezone && isKnown(timezone) ? clockOf(starts_at, timezone) : null;
  if (!there || (there.date === start.date && there.time === start.time)) return { yours, theirs: null };
  const date = there.date === start.date ? '' : `${dayText(there.date)}, `;
  return { yours, theirs: `(${date}${there.time} ${placeText(timezone!)})` };
}

function untilText(startDate: string, endsAt: string | null | undefined, zone: string): string {
  if (!endsAt) return '';
  const end = clockOf(endsAt, zone);
  return end.date === startDate ? `–${end.time}` : ` – ${dayText(end.date)}, ${end.time}`;
}

/** Europe/Madrid is "in Madrid"; a zone without a place is called by its name. */
export function placeText(timezone: string): string {
  const place = placeOf(timezone);
  return place ? `in ${place}` : timezone;
}

/** Europe/Madrid is "Madrid time". */
export function zoneText(timezone: string): string {
  const place = placeOf(timezone);
  return place ? `${place} time` : timezone;
}

function placeOf(timezone: string): string | null {
  return timezone.includes('/') && !timezone.startsWith('Etc/')
    ? timezone.split('/').at(-1)!.replaceAll('_', ' ')
    : null;
}

export function isKnown(timezone: string): boolean {
  try {
    return Boolean(clockOf(0, timezone));
  } catch {
    return false;
  }
}

/**
 * The instant at which a clock in this zone shows this, read as Postgres does: a skipped time by the offset
 * before the change, one that is shown twice the second time. Null where the browser does not know the zone.
 */
export function instantOf({ session_date, start_time }: ClockTime, timezone: string): string | null {
  const wall = Date.parse(`${session_date}T${start_time.slice(0, 5)}Z`);
  if (Number.isNaN(wall) || !isKnown(timezone)) return null;
  const offsetAt = (instant: number) => {
    const { date, time } = clockOf(instant, timezone);
    return Date.parse(`${date}T${time}Z`) - instant;
  };
  const [before, after] = [wall - 86_400_000, wall + 86_400_000].map(offsetAt) as [number, number];
  const fits = [after, before].find((offset) => offsetAt(wall - offset) === offset);
  return new Date(wall - (fits ?? before)).toISOString();
}

/** Thu 26 Nov; with its year where that is not this one. */
export function dayText(date: string): string {
  const year = date.startsWith(clockOf(Date.now(), readersZone()).date.slice(0, 4))
    ? {}
    : ({ year: 'numeric' } as const);
  return onCalendar(date, { weekday: 'short', day: 'numeric', month: 'short', ...year }).replace(',', '');
}

/** Tuesday 1 December */
export function longDayText(date: string): string {
  return onCalendar(date, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** A date has no zone: it is read and written in UTC, so that nothing is shifted. */
function onCalendar(date: string, format: Intl.DateTimeFormatOptions): string {
  return new Date(`${date}T00:00Z`).toLocaleDateString(LOCALE, { ...format, timeZone: 'UTC' });
}
