import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import { useReading, useStatement } from '@peer-exchange/client/hooks';
import { deferred } from '../shared/deferred';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { Balance } from './Balance';
import { DownloadButton } from './DownloadButton';
import { lastDays, PERIODS } from './period';
import { selected, type Selection } from './selection';
import { StatementFilter } from './StatementFilter';
import { StatementTable } from './StatementTable';

const ENTRIES_PER_PAGE = 20;

const BalanceChart = deferred('the chart', async () => (await import('./BalanceChart')).BalanceChart);

/** What I have, how it came about, and every movement. */
export function CreditsPage() {
  const [selection, setSelection] = useState<Selection>({
    ...lastDays(PERIODS[0].days),
    kind: null,
    counterpartId: null,
  });
  const isFiltered = selection.from ?? selection.to ?? selection.kind ?? selection.counterpartId;
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
            <BalanceChart period={selection} />
          </div>
        )}
      </LoadedView>
      <section class="card" aria-labelledby="statement">
        <div class="heading-row">
          <h2 id="statement">Statement</h2>
          <DownloadButton selection={selection} />
        </div>
        <StatementFilter selection={selection} onChange={setSelection} />
        <LoadedView of={query} what="your statement">
          {() =>
            entries.length === 0 ? (
              <Empty
                sentence={
                  isFiltered ? 'No credits moved that fit what is chosen.' : 'No credits have moved yet.'
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
