import { useReading } from '@peer-exchange/client/hooks';
import { credits } from '../shared/words';

/** What there is to book with, once it is known; without it one can look for colleagues all the same. */
export function Spendable() {
  const { data: account } = useReading('get_credit_statement', { p_limit: 1 });
  if (!account) return null;
  return (
    <p>
      You can spend <strong>{credits(account.available)}</strong>
    </p>
  );
}
