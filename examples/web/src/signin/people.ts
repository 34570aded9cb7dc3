// Who may be chosen in the demo, each with a token. An application signs people in by supabase.auth
// instead, and has no such list.

export interface Person {
  user_id: string;
  name: string;
  user_role: string;
}

export interface SignedIn extends Person {
  token: string;
}

const STORE = 'peer-credits.signed-in';

export async function loadPeople(): Promise<SignedIn[]> {
  const answer = await fetch('/demo/people');
  if (!answer.ok) throw new Error(`the demo's list of people: ${answer.status}`);
  return (await answer.json()) as SignedIn[];
}

/** Kept for this tab only, so that two tabs can be two people. */
export function remember(person: SignedIn | null): void {
  if (person) sessionStorage.setItem(STORE, JSON.stringify(person));
  else sessionStorage.removeItem(STORE);
}

export function remembered(): SignedIn | null {
  const text = sessionStorage.getItem(STORE);
  return text ? (JSON.parse(text) as SignedIn) : null;
}
