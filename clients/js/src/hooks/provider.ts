// Which exchange the hooks below a component ask.
import { createContext, createElement, useContext } from 'react';
import type { ReactNode } from 'react';
import type { Exchange } from '../exchange.js';

const Current = createContext<Exchange | null>(null);

/** For a signed-in person: whoever signs in next gets another exchange, and another QueryClient around it. */
export function ExchangeProvider({ exchange, children }: { exchange: Exchange; children?: ReactNode }) {
  return createElement(Current.Provider, { value: exchange }, children);
}

export function useExchange(): Exchange {
  const exchange = useContext(Current);
  if (!exchange) throw new Error('An ExchangeProvider is missing above this component');
  return exchange;
}
