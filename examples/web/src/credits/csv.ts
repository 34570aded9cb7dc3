// A statement as a file for a spreadsheet.
import type { StatementEntry } from '../api/replies';

const COLUMNS: [string, (entry: StatementEntry) => string | number | null | undefined][] = [
  ['at', (entry) => entry.created_at],
  ['type', (entry) => entry.transaction_type],
  ['credits', (entry) => entry.credits],
  ['balance_after', (entry) => entry.balance_after],
  ['held_after', (entry) => entry.held_after],
  ['owed_after', (entry) => entry.owed_after],
  ['description', (entry) => entry.description],
  ['with', (entry) => entry.counterpart?.name],
  ['session_starts_at', (entry) => entry.session?.starts_at],
  ['session_minutes', (entry) => entry.session?.duration_minutes],
];

/** By RFC 4180, its names in the first line. Instants are in UTC. */
export function csvOf(entries: StatementEntry[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...entries.map((entry) => COLUMNS.map(([, of]) => field(of(entry)))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  // Somebody else's name must be no formula.
  const text = (value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
