import type { SearchTerms } from './search';
import { ROLES } from '../shared/words';
import { DurationSelect } from './DurationSelect';

/** Results follow as one types; nothing has to be sent. */
export function SearchForm({
  terms,
  onChange,
}: {
  terms: SearchTerms;
  onChange: (terms: SearchTerms) => void;
}) {
  return (
    <form class="card filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="wide">
        <span>Name, place or specialization</span>
        <input
          type="search"
          value={terms.query}
          maxLength={100}
          onInput={(event) => onChange({ ...terms, query: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Role</span>
        <select
          value={terms.role}
          onChange={(event) => onChange({ ...terms, role: event.currentTarget.value })}
        >
          <option value="">Any</option>
          {Object.entries(ROLES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Place</span>
        <input
          value={terms.location}
          maxLength={100}
          onInput={(event) => onChange({ ...terms, location: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Specialization</span>
        <input
          value={terms.specialization}
          maxLength={100}
          onInput={(event) => onChange({ ...terms, specialization: event.currentTarget.value })}
        />
      </label>
      <DurationSelect
        minutes={terms.duration_minutes}
        onChange={(duration_minutes) => onChange({ ...terms, duration_minutes })}
      />
    </form>
  );
}
