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
      <p class="muted">Enough for {minutes(balance)} with a colleague at the usual rate.</p>
      <dl>
        <div>
          <dt>Received in all</dt>
          <dd>{earned.toLocaleString('en-GB')}</dd>
        </div>
        <div>
          <dt>Spent in all</dt>
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
    </section>
  );
}

function minutes(balance: number): string {
  const [hours, rest] = [Math.floor(balance / 60), balance % 60];
  const parts = [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`];
  return parts.filter(Boolean).join(' ');
}
