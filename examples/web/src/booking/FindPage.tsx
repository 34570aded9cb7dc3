import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'preact/hooks';
import { moreOf, usePages } from '@peer-exchange/client/hooks';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { note, type Route } from '../shared/route';
import { rememberSearch } from './lastSearch';
import { PractitionerCard } from './PractitionerCard';
import { NO_TERMS, searchFor, type SearchTerms } from './search';
import { SearchForm } from './SearchForm';
import { Spendable } from './Spendable';

const RESULTS_PER_PAGE = 12;
const TYPING_PAUSE_MILLISECONDS = 250;

type FindRoute = Extract<Route, { page: 'find' }>;

/** Finding a colleague by name, place or specialization. The address says what is looked for. */
export function FindPage({ route }: { route: FindRoute }) {
  const [terms, setTerms] = useState(route.terms);
  const settled = useSettled(terms);

  useEffect(() => {
    note({ page: 'find', terms: settled });
    rememberSearch(settled);
  }, [settled]);

  const found = usePages(
    'search_peer_practitioners',
    { ...searchFor(settled), p_limit: RESULTS_PER_PAGE },
    { placeholderData: keepPreviousData },
  );

  return (
    <>
      <div class="heading-row">
        <h1 tabIndex={-1}>Find a colleague</h1>
        <Spendable />
      </div>
      <SearchForm terms={terms} onChange={setTerms} />
      <LoadedView of={found} what="colleagues">
        {({ pages }) => {
          const total = pages[0]!.total;
          return (
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
                {pages
                  .flatMap(({ practitioners }) => practitioners)
                  .map((practitioner) => (
                    <PractitionerCard
                      key={practitioner.practitioner_id}
                      practitioner={practitioner}
                      durationMinutes={settled.duration_minutes}
                    />
                  ))}
              </ul>
              <MoreButton more={moreOf(found)} isLoading={found.isFetching} label="Show more colleagues" />
            </>
          );
        }}
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
