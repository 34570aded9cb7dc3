import { useQuery } from '@tanstack/react-query';
import { Empty } from '../shared/LoadedView';
import { role } from '../shared/words';
import { loadPeople, type SignedIn } from './people';

/** The demo's way in: choose who you are. */
export function SignIn({ onChoose }: { onChoose: (person: SignedIn) => void }) {
  const people = useQuery({ queryKey: ['people'], queryFn: loadPeople, retry: false });
  return (
    <main class="sign-in" id="main">
      <h1 tabIndex={-1}>Peer credits</h1>
      <p class="lead">Colleagues treat each other and pay in credits, one per minute.</p>
      <section class="card" aria-labelledby="who">
        <h2 id="who">Who are you?</h2>
        <p class="muted">
          This is a demo: choose somebody, no password needed. A second tab can be somebody else.
        </p>
        {people.error !== null && (
          <div class="notice trouble" role="alert">
            <p>
              <strong>The list of people can’t be loaded.</strong> Is the demo still running?
            </p>
            <div class="actions">
              <button type="button" onClick={() => people.refetch()}>
                Try again
              </button>
            </div>
          </div>
        )}
        {people.data?.length === 0 && <Empty sentence="Nobody is here yet." />}
        <ul class="people">
          {people.data?.map((person) => (
            <li key={person.user_id}>
              <button type="button" onClick={() => onChoose(person)}>
                <strong>{person.name}</strong>
                <span class="muted">{role(person.user_role)}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
