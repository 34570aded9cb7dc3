import type { StatementEntry } from '../api/replies';
import { When } from '../shared/When';
import { date, nameOf, signed } from '../shared/words';

export function StatementTable({ entries }: { entries: StatementEntry[] }) {
  return (
    <table class="statement">
      <thead>
        <tr>
          <th scope="col" class="date">
            Date
          </th>
          <th scope="col">What for</th>
          <th scope="col" class="number">
            Credits
          </th>
          <th scope="col" class="number">
            Balance
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.entry_id}>
            <td class="date">{dateOf(entry)}</td>
            <td class="what">
              <strong>{heading(entry)}</strong>
              <span class="muted narrow">{dateOf(entry)}</span>
              {entry.session?.starts_at && (
                <span class="muted">
                  <When of={{ ...entry.session, starts_at: entry.session.starts_at }} />
                </span>
              )}
            </td>
            <td class={`number ${direction(entry.credits)}`}>{signed(entry.credits)}</td>
            <td class="number muted">
              {entry.balance_after.toLocaleString('en-GB')}
              {entry.held_after > 0 && (
                <span class="held">{entry.held_after.toLocaleString('en-GB')} held</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function direction(moved: number): string {
  if (moved === 0) return 'muted';
  return moved < 0 ? 'outgoing' : 'incoming';
}

function dateOf({ created_at }: StatementEntry): string {
  return created_at ? date(created_at) : '–';
}

function heading({ transaction_type, counterpart, description }: StatementEntry): string {
  const other = nameOf(counterpart);
  switch (transaction_type) {
    case 'session_hold':
      return `Held for a session with ${other}`;
    case 'session_hold_release':
      return `No longer held for ${other}`;
    case 'session_payment':
      return `Session with ${other}`;
    case 'session_earning':
      return `Session given to ${other}`;
    case 'refund':
      return `Back from ${other}`;
    case 'session_earning_reversal':
      return `Returned to ${other}`;
    case 'bonus':
      return description ?? 'Granted';
    case 'adjustment':
      return description ?? 'Correction';
    default:
      return description ?? 'Booked otherwise';
  }
}
