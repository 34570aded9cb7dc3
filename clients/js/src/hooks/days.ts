// Days as a calendar in some time zone has them, written YYYY-MM-DD.

/** The time zone of whoever sits in front of the screen. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day that a calendar in this zone has at this instant. */
export function dayOf(instant: string | number | Date, timezone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(new Date(instant));
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
