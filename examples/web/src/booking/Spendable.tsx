import { EVERYTHING } from '../api/api';
import { useAccount } from '../shared/account';
import { useLoaded } from '../shared/load';
import { credits } from '../shared/words';

/** What there is to book with, once it is known; without it one can look for colleagues all the same. */
export function Spendable() {
  const { api, version } = useAccount();
  const statement = useLoaded(() => api.statement(EVERYTHING, 1, null), [api, version]);
  if (statement.value === null) return null;
  return (
    <p>
      You can spend <strong>{credits(statement.value.available)}</strong>
    </p>
  );
}
