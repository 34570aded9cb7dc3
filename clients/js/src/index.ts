export { ask, Fault, NoAnswer } from './ask.js';
export type { AskOptions } from './ask.js';
export type {
  Arguments,
  FunctionName,
  Refusal,
  RefusalCode,
  Reply,
  Success,
  WithPeerExchange,
} from './database.js';
export { peerExchange } from './exchange.js';
export type { Exchange, ExchangeOptions, Supabase } from './exchange.js';
export type * from './functions.js';
export type { KeyStorage } from './keys.js';
export type { PagedArguments, PagedName } from './pages.js';
