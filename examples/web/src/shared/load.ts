// Values that come from the server: loading, there, or failed; reloaded when what they depend on changes.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Loaded<Value> {
  /** The last one that arrived; it stays while the value is loaded again. */
  value: Value | null;
  error: unknown;
  isLoading: boolean;
  reload: () => void;
}

export function useLoaded<Value>(load: () => Promise<Value>, inputs: unknown[]): Loaded<Value> {
  const [state, setState] = useState({
    value: null as Value | null,
    error: null as unknown,
    isLoading: true,
  });
  const newest = useRef(0);

  const reload = useCallback(() => {
    const own = ++newest.current;
    // An answer that was overtaken by a later question is dropped.
    const settle = (value: Value | null, error: unknown) => {
      if (own !== newest.current) return;
      setState((before) => ({ value: error ? before.value : value, error, isLoading: false }));
    };
    setState((before) => ({ ...before, error: null, isLoading: true }));
    load().then(
      (value) => settle(value, null),
      (error: unknown) => settle(null, error),
    );
  }, inputs);

  useEffect(() => {
    reload();
    return () => {
      newest.current += 1;
    };
  }, [reload]);

  useRepeatOnline(state.error, reload);

  return { ...state, reload };
}

/** What failed is asked for again as soon as the browser finds its network. */
function useRepeatOnline(error: unknown, repeat: () => void): void {
  useEffect(() => {
    if (error === null) return;
    addEventListener('online', repeat);
    return () => removeEventListener('online', repeat);
  }, [error, repeat]);
}

export interface Page<Item, Cursor, Head> {
  /** What stands above the list. */
  head: Head;
  items: Item[];
  next: Cursor | null;
}

export interface Paged<Item, Head> extends Loaded<Head> {
  /** Of all pages so far. */
  items: Item[];
  more: (() => void) | null;
}

/** A list that comes page by page. */
export function usePaged<Item, Cursor, Head>(
  loadPage: (cursor: Cursor | null) => Promise<Page<Item, Cursor, Head>>,
  inputs: unknown[],
): Paged<Item, Head> {
  const first = useLoaded(() => loadPage(null), inputs);
  const [rest, setRest] = useState({ of: first.value, pages: [] as Page<Item, Cursor, Head>[] });
  const [ahead, setAhead] = useState({ error: null as unknown, isLoading: false });

  // Later pages belong to one first page, and go with it.
  const pages = rest.of === first.value ? rest.pages : [];
  const last = pages.at(-1) ?? first.value;

  const more = () => {
    if (!last || ahead.isLoading) return;
    setAhead({ error: null, isLoading: true });
    loadPage(last.next).then(
      (page) => {
        setRest({ of: first.value, pages: [...pages, page] });
        setAhead({ error: null, isLoading: false });
      },
      (error: unknown) => setAhead({ error, isLoading: false }),
    );
  };

  useRepeatOnline(ahead.error, more);

  return {
    value: first.value?.head ?? null,
    error: first.error ?? ahead.error,
    isLoading: first.isLoading || ahead.isLoading,
    reload: ahead.error && !first.error ? more : first.reload,
    items: [...(first.value?.items ?? []), ...pages.flatMap((page) => page.items)],
    more: last?.next != null ? more : null,
  };
}
