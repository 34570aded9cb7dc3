// Who is signed in, and what every part of the page shares.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Person } from '../signin/people';

export interface Account {
  me: Person;
  /** Shows a line for a while, and has it read out. */
  announce: (line: string) => void;
  signOut: () => void;
}

export const AccountContext = createContext<Account | null>(null);

export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('nobody is signed in');
  return account;
}
