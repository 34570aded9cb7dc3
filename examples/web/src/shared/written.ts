// What stands in an address: anybody can write anything there.

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONGEST_MINUTES = 10_080;

export function isId(text: string): boolean {
  return ID.test(text);
}

export function isDuration(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= LONGEST_MINUTES;
}

/** A day of the calendar, and near enough that the weeks around it are days, too. */
export function isDate(text: string): boolean {
  const day = new Date(`${text}T00:00Z`);
  return /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(+day) && day.toISOString().startsWith(text);
}

/** With a ? before it, where there is anything to say. */
export function queryOf(said: Record<string, string>): string {
  const query = new URLSearchParams(said).toString();
  return query && `?${query}`;
}
