import { useState } from 'preact/hooks';
import type { StatementEntry } from '../api/replies';
import { TroubleNotice } from '../shared/Notice';
import { daysFromToday } from '../shared/words';
import { csvOf } from './csv';

/** All entries that the statement has, whether they are shown yet or not, as a file. */
export function DownloadButton({ load }: { load: () => Promise<StatementEntry[]> }) {
  const [state, setState] = useState({ isLoading: false, error: null as unknown });

  const start = () => {
    if (state.isLoading) return;
    setState({ isLoading: true, error: null });
    load().then(
      (entries) => {
        save(`credits-${daysFromToday(0)}.csv`, csvOf(entries));
        setState({ isLoading: false, error: null });
      },
      (error: unknown) => setState({ isLoading: false, error }),
    );
  };

  return (
    <>
      <button type="button" class="plain" onClick={start} aria-disabled={state.isLoading}>
        Download as CSV
      </button>
      {state.error !== null && <TroubleNotice error={state.error} again={start} />}
    </>
  );
}

/** Spreadsheets take a file for UTF-8 only where it says so. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
