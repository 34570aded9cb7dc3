// Hooks in a component of their own, in a document without a browser.
import { Window } from 'happy-dom';

const window = new Window({ url: 'http://localhost/' });
const { document, navigator } = window;
Object.assign(globalThis, { window, document, navigator, IS_REACT_ACT_ENVIRONMENT: true });

const { QueryClient, QueryClientProvider } = await import('@tanstack/react-query');
const { act, createElement } = await import('react');
const { createRoot } = await import('react-dom/client');
const { ExchangeProvider } = await import('@peer-exchange/client/hooks');

/** The browser has found its network, or lost it. */
export function hasNetwork(isSo) {
  window.dispatchEvent(new window.Event(isSo ? 'online' : 'offline'));
}

/** Renders a hook below what it needs; `now()` is what it gave last, and `until` waits for it. */
export async function render(exchange, useHook) {
  let last;
  const Probe = () => {
    last = useHook();
    return null;
  };
  const root = createRoot(document.createElement('main'));
  const queries = new QueryClient();
  const below = createElement(ExchangeProvider, { exchange }, createElement(Probe));
  await act(() => root.render(createElement(QueryClientProvider, { client: queries }, below)));
  return {
    now: () => last,
    act: (change) => act(async () => void change(last)),
    async until(isSo) {
      for (const end = Date.now() + 30_000; !isSo(last);) {
        if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(last)}`);
        await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
      }
      return last;
    },
    async end() {
      await act(() => root.unmount());
      queries.clear();
    },
  };
}
