// Working hours as they are edited, and as they are published.
import { WEEKDAYS, type Range, type Week, type Weekday, type WorkingHours } from '../api/practice';

/** A date with hours of its own; without ranges it is closed. */
export interface DateHours {
  date: string;
  ranges: Range[];
}

export interface Draft {
  /** Whether hours are published for weekdays at all. */
  isWeekly: boolean;
  days: Week;
  dates: DateHours[];
}

const USUAL: Range = { start: '09:00', end: '17:00' };

export function draftOf(hours: WorkingHours): Draft {
  const days = Object.fromEntries(
    WEEKDAYS.map((day) => [day, (hours[day]?.hours ?? []).map(editable)]),
  ) as Week;
  return {
    isWeekly: WEEKDAYS.some((day) => hours[day] !== undefined),
    days,
    dates: Object.entries(hours.exceptions ?? {}).map(([date, ranges]) => ({
      date,
      ranges: ranges.map(editable),
    })),
  };
}

/** A field for times knows no 24:00; 00:00 of the next day is the same. */
function editable({ start, end }: Range): Range {
  return { start: start.slice(0, 5), end: end === '24:00' ? '00:00' : end.slice(0, 5) };
}

export function hoursOf({ isWeekly, days, dates }: Draft): WorkingHours {
  const weekly = WEEKDAYS.map((day) => [day, { enabled: days[day].length > 0, hours: days[day] }]);
  const exceptions = Object.fromEntries(dates.map(({ date, ranges }) => [date, ranges]));
  return {
    ...(isWeekly ? Object.fromEntries(weekly) : {}),
    ...(dates.length > 0 ? { exceptions } : {}),
  };
}

/** What is likeliest for one range more: after the last one, or the usual day. */
export function oneMore(ranges: Range[]): Range[] {
  const last = ranges.at(-1);
  const next = last && last.end > last.start && last.end < '20:00' ? { start: last.end, end: '20:00' } : USUAL;
  return [...ranges, next];
}

export function usualWeek(): Week {
  return Object.fromEntries(
    WEEKDAYS.map((day, position) => [day, position < 5 ? [USUAL] : []]),
  ) as Week;
}

export function capital(day: Weekday): string {
  return day.charAt(0).toUpperCase() + day.slice(1);
}
