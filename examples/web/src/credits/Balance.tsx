import { addressOf, FIND } from '../shared/route';
import { credits } from '../shared/words';

interface BalanceProps {
  balance: number;
  owed: number;
  earned: number;
  spent: number;
}

export function Balance({ balance, owed, earned, spent }: BalanceProps) {
  return (
    <section class="card balance" aria-labelledby="balance">
      <h2 id="balance">Balance</h2>
      <p class="figure">{credits(balance)}</p>
      <dl>
        <div>
          <dt>Received</dt>
          <dd>{earned.toLocaleString('en-GB')}</dd>
        </div>
        <div>
          <dt>Spent</dt>
          <dd>{spent.toLocaleString('en-GB')}</dd>
        </div>
        {owed > 0 && (
          <div>
            <dt>Owed</dt>
            <dd>{owed.toLocaleString('en-GB')}</dd>
          </div>
        )}
      </dl>
      {owed > 0 && <p class="muted">What you owe is taken from what you earn next.</p>}
      <a class="button primary" href={addressOf(FIND)}>
        Find a colleague to book
      </a>
    </section>
  );
}
