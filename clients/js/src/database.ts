// The functions in the terms of supabase-js, for whoever has types of a database or none.
import type { Functions } from './functions.js';

export type FunctionName = keyof Functions;
export type Arguments<Name extends FunctionName> = Functions[Name]['arguments'];
export type Reply<Name extends FunctionName> = Functions[Name]['reply'];

/** A refusal of any function, or of this one. */
export type Refusal<Name extends FunctionName = FunctionName> = Extract<Reply<Name>, { success: false }>;
export type RefusalCode<Name extends FunctionName = FunctionName> = Refusal<Name>['error_code'];
/** What a function answers that was not refused. */
export type Success<Name extends FunctionName> = Exclude<Reply<Name>, { success: false }>;

interface Overlay {
  public: {
    Functions: { [Name in FunctionName]: { Args: Arguments<Name>; Returns: Reply<Name> } };
  };
}

/** A database of which nothing is known. */
interface Unknown {
  public: {
    Tables: Record<string, { Row: any; Insert: any; Update: any; Relationships: [] }>;
    Views: Record<never, never>;
    Functions: Record<never, never>;
    Enums: Record<never, never>;
    CompositeTypes: Record<never, never>;
  };
}

/**
 * The types of a database as `supabase gen types` makes them, with ours in place of the functions it found, whose replies it takes for
 * any JSON and whose arguments for never null.
 */
export type WithPeerExchange<Database extends { public: { Functions: object } } = Unknown> = Omit<
  Database,
  'public'
> & {
  public: Omit<Database['public'], 'Functions'> & {
    Functions: Omit<Database['public']['Functions'], FunctionName> & Overlay['public']['Functions'];
  };
};
