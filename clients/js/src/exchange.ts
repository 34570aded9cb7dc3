// The functions of peer_exchange as somebody calls them who wants an answer.
import { ask, NoAnswer } from './ask.js';
import type { AskOptions, Response } from './ask.js';
import type { Arguments, FunctionName, Reply } from './database.js';
import { digestOf, Keys, usualStorage } from './keys.js';
import type { KeyStorage } from './keys.js';
import { argumentsOf, nextPage } from './pages.js';
import type { Cursor, PagedArguments, PagedName } from './pages.js';

/** What is asked of a client of supabase-js, whatever its database is. */
export interface Supabase {
  rpc(name: any, args: any): { abortSignal(signal: AbortSignal): PromiseLike<Response<any>> };
  from(table: any): any;
}

export interface Exchange {
  /**
   * Calls a function until it answers. A refusal is a reply; throws a Fault, or NoAnswer after the last attempt. What takes
   * an idempotency key gets one, which is kept until there is an answer: to know what happened, ask for the same again.
   */
  call<Name extends FunctionName>(
    name: Name,
    args: Arguments<Name>,
    options?: AskOptions,
  ): Promise<Reply<Name>>;
  /** Every page of a list, each asked for when it is wanted: `for await (const page of exchange.pages(…))`. */
  pages<Name extends PagedName>(
    name: Name,
    args: PagedArguments<Name>,
    options?: AskOptions,
  ): AsyncGenerator<Reply<Name>, void>;
  /** The client that it was made of, for what is read of tables. */
  readonly supabase: Supabase;
}

export interface ExchangeOptions {
  /** Where keys are kept; localStorage, if there is one. */
  storage?: KeyStorage;
}

/** What takes a key, since it must not happen twice. */
const KEYED = new Set<FunctionName>([
  'create_peer_booking',
  'request_peer_booking',
  'reschedule_peer_booking',
]);
/** After these, a key that is kept of an earlier call could answer with what is no longer so. */
const UNSETTLING = new Set<FunctionName>(['reschedule_peer_booking', 'process_peer_booking_refund']);

/** Leaves the client as it is. */
export function peerExchange(
  supabase: Supabase,
  { storage = usualStorage() }: ExchangeOptions = {},
): Exchange {
  const keys = new Keys(storage);

  const send = <Name extends FunctionName>(name: Name, args: object, options?: AskOptions) =>
    ask<Reply<Name>>((signal) => supabase.rpc(name, args).abortSignal(signal), {
      ...options,
      once: options?.once ?? isNew(name, args),
    });

  async function sendUnderKey<Name extends FunctionName>(name: Name, args: object, options?: AskOptions) {
    const digest = digestOf(name, args);
    const key = keys.keep(digest);
    try {
      const reply = await send(name, { ...args, p_idempotency_key: key }, options);
      keys.forget(digest);
      return reply;
    } catch (error) {
      if (!isOpen(error, options)) keys.forget(digest);
      throw error;
    }
  }

  const exchange: Exchange = {
    async call(name, args, options) {
      const bringsItsKey = 'p_idempotency_key' in args && args.p_idempotency_key;
      const needsKey = KEYED.has(name) && !bringsItsKey;
      const reply = await (needsKey ? sendUnderKey : send)(name, args, options);
      if (UNSETTLING.has(name) && hasSucceeded(reply)) keys.forgetAll();
      return reply;
    },
    async *pages(name, args, options) {
      for (let cursor: Cursor | null = {}; cursor;) {
        const page = await exchange.call(name, argumentsOf(args, cursor), options);
        yield page;
        cursor = nextPage(page, cursor);
      }
    },
    supabase,
  };
  return exchange;
}

/** A product without an id would be there twice. */
function isNew(name: string, args: object): boolean {
  return name === 'save_product' && !(args as { p_product_id?: string | null }).p_product_id;
}

/** Whether it is not known what became of the call. */
function isOpen(error: unknown, options?: AskOptions): boolean {
  return error instanceof NoAnswer || options?.signal?.aborted === true;
}

function hasSucceeded(reply: unknown): boolean {
  return (reply as { success?: boolean }).success === true;
}
