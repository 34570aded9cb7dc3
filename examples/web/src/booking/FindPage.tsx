import { useEffect, useState } from 'preact/hooks';
import { NO_TERMS, type SearchTerms } from '../api/api';
import { useAccount } from '../shared/account';
import { usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { note, type Route } from '../shared/route';
import { rememberSearch } from './lastSearch';
import { PractitionerCard } from './PractitionerCard';
import { SearchForm } from './SearchForm';
import { Spendable } from './Spendable';

const RESULTS_PER_PAGE = 12;
const TYPING_PAUSE_MILLISECONDS = 250;

type FindRoute = Extract<Route, { page: 'find' }>;

/** Finding a colleague by name, place or specialization. The address says what is looked for. */
export function FindPage({ route }: { route: FindRoute }) {
  const { api } = useAccount();
  const [terms, setTerms] = useState(route.terms);
  const settled = useSettled(terms);

  useEffect(() => {
    note({ page: 'find', terms: settled });
    rememberSearch(settled);
  }, [settled]);

  const found = usePaged(
    async (offset: number | null) => {
      const result = await api.search(settled, RESULTS_PER_PAGE, offset ?? 0);
      const reached = (offset ?? 0) + result.practitioners.length;
      return { head: result, items: result.practitioners, next: reached < result.total ? reached : null };
    },
    [api, settled],
  );

  return (
    <>
      <div class="heading-row">
        <h1 tabIndex={-1}>Find a colleague</h1>
        <Spendable />
      </div>
      <SearchForm terms={terms} onChange={setTerms} />
      <LoadedView of={found} what="colleagues">
        {({ total }) => (
          <>
            <p class="count" role="status">
              {total === 1 ? '1 colleague' : `${total.toLocaleString('en-GB')} colleagues`}
            </p>
            {total === 0 && (
              <Empty sentence="Nobody matches all of this.">
                <button type="button" onClick={() => setTerms(NO_TERMS)}>
                  Clear the search
                </button>
              </Empty>
            )}
            <ul class="cards">
              {found.items.map((practitioner) => (
                <PractitionerCard
                  key={practitioner.practitioner_id}
                  practitioner={practitioner}
                  durationMinutes={settled.duration_minutes}
                />
              ))}
            </ul>
            <MoreButton more={found.more} isLoading={found.isLoading} label="Show more colleagues" />
          </>
        )}
      </LoadedView>
    </>
  );
}

/** The terms once typing has paused. */
function useSettled(terms: SearchTerms): SearchTerms {
  const [settled, setSettled] = useState(terms);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(terms), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [terms]);
  return settled;
}
