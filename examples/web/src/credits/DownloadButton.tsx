import { useMutation } from '@tanstack/react-query';
import type { Exchange } from '@peer-exchange/client';
import { useExchange } from '@peer-exchange/client/hooks';
import type { StatementEntry } from '../api/replies';
import { TroubleNotice } from '../shared/Notice';
import { daysFromToday } from '../shared/words';
import { csvOf } from './csv';
import { selected, type Selection } from './selection';

const MOST_ENTRIES = 200;

/** All entries that the statement has, whether they are shown yet or not, as a file. */
export function DownloadButton({ selection }: { selection: Selection }) {
  const exchange = useExchange();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => readAll(exchange, selection),
    onSuccess: (entries) => save(`credits-${daysFromToday(0)}.csv`, csvOf(entries)),
    networkMode: 'always',
  });
  const start = () => {
    if (!isPending) mutate();
  };

  return (
    <>
      <button type="button" class="plain" onClick={start} aria-disabled={isPending}>
        Download as CSV
      </button>
      {error !== null && <TroubleNotice error={error} again={start} />}
    </>
  );
}

/** Newest first, however many there are. */
async function readAll(exchange: Exchange, selection: Selection): Promise<StatementEntry[]> {
  const all: StatementEntry[] = [];
  const args = { ...selected(selection), p_limit: MOST_ENTRIES };
  for await (const { entries } of exchange.pages('get_credit_statement', args)) all.push(...entries);
  return all;
}

/** Spreadsheets take a file for UTF-8 only where it says so. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
