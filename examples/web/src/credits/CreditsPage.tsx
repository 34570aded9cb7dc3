import { useState } from 'preact/hooks';
import { useAccount } from '../shared/account';
import { usePaged } from '../shared/load';
import { Empty, LoadedView, MoreButton } from '../shared/LoadedView';
import { daysFromToday } from '../shared/words';
import { Balance } from './Balance';
import { BalanceChart } from './BalanceChart';
import { PERIODS, PeriodFilter } from './PeriodFilter';
import { StatementTable } from './StatementTable';

const ENTRIES_PER_PAGE = 20;

/** What I have, how it came about, and every movement. */
export function CreditsPage() {
  const { api, version } = useAccount();
  const [days, setDays] = useState<number | null>(PERIODS[0].days);
  const from = days === null ? null : daysFromToday(-days);

  const statement = usePaged(
    async (before: string | null) => {
      const reply = await api.statement(from, null, ENTRIES_PER_PAGE, before);
      return { head: reply, items: reply.entries, next: reply.next_before };
    },
    [api, version, from],
  );

  return (
    <>
      <h1 tabIndex={-1}>Your credits</h1>
      <LoadedView of={statement} what="your credits">
        {(account) => (
          <>
            <div class="summary">
              <Balance account={account} />
              <BalanceChart entries={statement.items} balance={account.balance} />
            </div>
            <section class="card" aria-labelledby="statement">
              <div class="heading-row">
                <h2 id="statement">Statement</h2>
                <PeriodFilter days={days} onChange={setDays} />
              </div>
              {statement.items.length === 0 ? (
                <Empty
                  sentence={days === null ? 'No credits have moved yet.' : 'No credits moved in this time.'}
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
