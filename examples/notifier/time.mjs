// The times of mails. Every one of them is said by whenText.
import { fill } from './words.mjs';

/**
 * Thu 26 Nov, 20:00–21:00 your time (15:30 in Madrid); both dates where they differ. `timezone` is the clock that it
 * was promised on, `readersZone` that of the reader. Nobody knows where a mail is read, so where both show the same
 * the clock is named: Thu 26 Nov, 20:00–21:00 your time (London).
 */
export function whenText({ starts_at, ends_at, timezone }, readersZone, words) {
  const there = isKnown(timezone) ? timezone : 'UTC';
  if (!isKnown(readersZone)) {
    return fill(words.on_clock, {
      time: periodText(starts_at, ends_at, there, words),
      clock: placeText(there, words),
    });
  }
  const [yours, theirs] = [readersZone, there].map((zone) => clockOf(starts_at, zone));
  const date = theirs.date === yours.date ? '' : `${dayText(theirs.date, words)}, `;
  const clock =
    theirs.date === yours.date && theirs.time === yours.time
      ? (placeOf(readersZone) ?? readersZone)
      : fill(words.on_clock, { time: `${date}${theirs.time}`, clock: placeText(there, words) });
  return `${fill(words.your_time, { time: periodText(starts_at, ends_at, readersZone, words) })} (${clock})`;
}

/** Thu 26 Nov, by the clock of the reader, else by that of the session. */
export function dayOf({ starts_at, timezone }, readersZone, words) {
  const zone = [readersZone, timezone].find(isKnown) ?? 'UTC';
  return dayText(clockOf(starts_at, zone).date, words);
}

/** Thu 26 Nov, of a date without a zone; with its year where that is not this one. */
export function dayText(date, { locale }) {
  const year = date.startsWith(new Date().toISOString().slice(0, 4)) ? {} : { year: 'numeric' };
  const format = { weekday: 'short', day: 'numeric', month: 'short', ...year, timeZone: 'UTC' };
  return new Date(`${date}T00:00Z`).toLocaleDateString(locale, format).replace(',', '');
}

/** Thu 26 Nov, 20:00–21:00, or as far as it goes. */
function periodText(startsAt, endsAt, zone, words) {
  const start = clockOf(startsAt, zone);
  const from = `${dayText(start.date, words)}, ${start.time}`;
  if (!endsAt) return from;
  const end = clockOf(endsAt, zone);
  return end.date === start.date ? `${from}–${end.time}` : `${from} – ${dayText(end.date, words)}, ${end.time}`;
}

/** Europe/Madrid is "in Madrid"; a zone without a place is called by its name. */
function placeText(timezone, words) {
  const place = placeOf(timezone);
  return place ? fill(words.in_place, { place }) : timezone;
}

function placeOf(timezone) {
  return timezone.includes('/') && !timezone.startsWith('Etc/')
    ? timezone.split('/').at(-1).replaceAll('_', ' ')
    : null;
}

/** What a clock in this zone shows at this instant: YYYY-MM-DD and HH:MM. */
function clockOf(instant, timeZone) {
  const two = '2-digit';
  const shown = { year: 'numeric', month: two, day: two, hour: two, minute: two };
  const format = new Intl.DateTimeFormat('en-GB', { ...shown, timeZone, hourCycle: 'h23' });
  const parts = format.formatToParts(new Date(instant));
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { date: `${year.padStart(4, '0')}-${month}-${day}`, time: `${hour}:${minute}` };
}

/** Whether this is one: what an application writes under such a name can be anything. */
export function isInstant(text) {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Whether Node knows this zone, which Postgres does. */
function isKnown(timezone) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return typeof timezone === 'string';
  } catch {
    return false;
  }
}
