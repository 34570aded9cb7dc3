import { useState } from 'preact/hooks';
import type { Extract } from '../api/api';
import { useAccount } from '../shared/account';
import { usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { Balance } from './Balance';
import { BalanceChart } from './BalanceChart';
import { DownloadButton } from './DownloadButton';
import { lastDays, PERIODS } from './period';
import { StatementFilter } from './StatementFilter';
import { StatementTable } from './StatementTable';

const ENTRIES_PER_PAGE = 20;

/** What I have, how it came about, and every movement. */
export function CreditsPage() {
  const { api, version } = useAccount();
  const [selection, setSelection] = useState<Extract>({
    ...lastDays(PERIODS[0].days),
    kind: null,
    counterpartId: null,
  });
  const isFiltered = selection.from ?? selection.to ?? selection.kind ?? selection.counterpartId;

  const statement = usePaged(
    async (before: string | null) => {
      const reply = await api.statement(selection, ENTRIES_PER_PAGE, before);
      return { head: reply, items: reply.entries, next: reply.next_before };
    },
    [api, version, selection],
  );

  return (
    <>
      <h1 tabIndex={-1}>Your credits</h1>
      <LoadedView of={statement} what="your credits">
        {(account) => (
          <>
            <div class="summary">
              <Balance account={account} />
              <BalanceChart period={selection} />
            </div>
            <section class="card" aria-labelledby="statement">
              <div class="heading-row">
                <h2 id="statement">Statement</h2>
                <DownloadButton load={() => api.wholeStatement(selection)} />
              </div>
              <StatementFilter selection={selection} onChange={setSelection} />
              {statement.items.length === 0 ? (
                <Empty
                  sentence={
                    isFiltered ? 'No credits moved that fit what is chosen.' : 'No credits have moved yet.'
                  }
                />
              ) : (
                <StatementTable entries={statement.items} />
              )}
              <MoreButton more={statement.more} isLoading={statement.isLoading} label="Show older entries" />
            </section>
          </>
        )}
      </LoadedView>
    </>
  );
}
