import type { EntryKind, Extract } from '../api/api';
import { useAccount } from '../shared/account';
import { useLoaded } from '../shared/load';
import { PeriodFilter } from './PeriodFilter';

const KINDS: Record<EntryKind, string> = {
  earned: 'Earned',
  spent: 'Spent',
  held: 'Held and released',
  refunded: 'Given back',
  granted: 'Granted',
  adjusted: 'Corrected',
};

export function StatementFilter({
  selection,
  onChange,
}: {
  selection: Extract;
  onChange: (selection: Extract) => void;
}) {
  const { api, version } = useAccount();
  const people = useLoaded(() => api.counterparts(), [api, version]).value ?? [];
  return (
    <div class="statement-filter" role="group" aria-label="Show">
      <PeriodFilter onChange={(period) => onChange({ ...selection, ...period })} />
      <label>
        <span>What</span>
        <select
          value={selection.kind ?? ''}
          onChange={(event) =>
            onChange({ ...selection, kind: (event.currentTarget.value || null) as EntryKind | null })
          }
        >
          <option value="">Everything</option>
          {Object.entries(KINDS).map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>With</span>
        <select
          value={selection.counterpartId ?? ''}
          onChange={(event) => onChange({ ...selection, counterpartId: event.currentTarget.value || null })}
        >
          <option value="">Everybody</option>
          {people.map(({ user_id, name }) => (
            <option key={user_id} value={user_id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
