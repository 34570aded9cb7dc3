import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import { useReading, useStatement } from '@peer-exchange/client/hooks';
import { deferred } from '../shared/deferred';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { note, type Route } from '../shared/route';
import { Balance } from './Balance';
import { DownloadButton } from './DownloadButton';
import { boundsOf } from './period';
import { isEverything, selected, type Selection } from './selection';
import { StatementFilter } from './StatementFilter';
import { StatementTable } from './StatementTable';

const ENTRIES_PER_PAGE = 20;

const BalanceChart = deferred('the chart', async () => (await import('./BalanceChart')).BalanceChart);

type CreditsRoute = Extract<Route, { page: 'credits' }>;

/** What I have, how it came about, and every movement. The address says which of them are shown. */
export function CreditsPage({ route }: { route: CreditsRoute }) {
  const [selection, setSelection] = useState(route.selection);
  const choose = (chosen: Selection) => {
    setSelection(chosen);
    note({ page: 'credits', selection: chosen });
  };
  const account = useReading('get_credit_statement', { p_limit: 1 });
  const { query, entries, more } = useStatement(
    { ...selected(selection), p_limit: ENTRIES_PER_PAGE },
    { placeholderData: keepPreviousData },
  );

  return (
    <>
      <h1 tabIndex={-1}>Your credits</h1>
      <LoadedView of={account} what="your credits">
        {(statement) => (
          <div class="summary">
            <Balance account={statement} />
            <BalanceChart bounds={boundsOf(selection.period)} />
          </div>
        )}
      </LoadedView>
      <section class="card" aria-labelledby="statement">
        <div class="heading-row">
          <h2 id="statement">Statement</h2>
          <DownloadButton selection={selection} />
        </div>
        <StatementFilter selection={selection} onChange={choose} />
        <LoadedView of={query} what="your statement">
          {() =>
            entries.length === 0 ? (
              <Empty
                sentence={
                  isEverything(selection)
                    ? 'No credits have moved yet.'
                    : 'No credits moved that fit what is chosen.'
                }
              />
            ) : (
              <>
                <StatementTable entries={entries} />
                <MoreButton more={more} isLoading={query.isFetching} label="Show older entries" />
              </>
            )
          }
        </LoadedView>
      </section>
    </>
  );
}
