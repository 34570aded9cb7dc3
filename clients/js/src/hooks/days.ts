// Days and times as a clock in some time zone shows them: YYYY-MM-DD and HH:MM.

/** The time zone of whoever sits in front of the screen. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What a clock in this zone shows at this instant. */
export function clockOf(instant: string | number | Date, timezone: string): { date: string; time: string } {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockFormat(timezone).formatToParts(new Date(instant))) parts[type] = value;
  const { year = '', month, day, hour, minute } = parts;
  return { date: `${year.padStart(4, '0')}-${month}-${day}`, time: `${hour}:${minute}` };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** They are dear to make, and one is needed for every slot. */
function clockFormat(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** So many days later. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** By the day of each, in the order in which they come. */
export function byDay<Item>(
  items: Item[],
  dayOfItem: (item: Item) => string,
): { day: string; items: Item[] }[] {
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const day = dayOfItem(item);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return Array.from(days, ([day, ofDay]) => ({ day, items: ofDay }));
}
