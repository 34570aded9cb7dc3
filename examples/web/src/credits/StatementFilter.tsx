import type { PeerSessions } from '@peer-exchange/client';
import { useEveryPage } from '@peer-exchange/client/hooks';
import { PeriodFilter } from './PeriodFilter';
import { KINDS, type EntryKind, type Selection } from './selection';

const MOST_SESSIONS = 100;

export function StatementFilter({
  selection,
  onChange,
}: {
  selection: Selection;
  onChange: (selection: Selection) => void;
}) {
  const { data: people = [] } = useEveryPage(
    'get_my_peer_sessions',
    { p_scope: 'all', p_limit: MOST_SESSIONS },
    { select: counterpartsIn },
  );
  const { counterpartId } = selection;
  const isKnown = people.some(({ user_id }) => user_id === counterpartId);
  return (
    <div class="statement-filter" role="group" aria-label="Show">
      <PeriodFilter period={selection.period} onChange={(period) => onChange({ ...selection, period })} />
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
          value={counterpartId ?? ''}
          onChange={(event) => onChange({ ...selection, counterpartId: event.currentTarget.value || null })}
        >
          <option value="">Everybody</option>
          {counterpartId && !isKnown && <option value={counterpartId}>A colleague</option>}
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

/** With whom one has or had sessions, by name. */
function counterpartsIn(pages: PeerSessions[]) {
  const found = new Map<string, { user_id: string; name: string }>();
  for (const { counterpart } of pages.flatMap(({ sessions }) => sessions)) {
    if (counterpart) found.set(counterpart.user_id, counterpart);
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}
