import type { Statement } from '../api/replies';
import { addressOf, FIND } from '../shared/route';
import { credits } from '../shared/words';

/** What can be spent, what is held, what sessions to come will bring and take, and what has come and gone so far. */
export function Balance({ account }: { account: Statement }) {
  const { available, held, will_bring, will_take, owed, total_earned, total_spent } = account;
  return (
    <section class="card balance" aria-labelledby="balance">
      <h2 id="balance">Available</h2>
      <p class="figure">{credits(available)}</p>
      <dl>
        <Figure name="Held" amount={held} />
        <Figure name="Coming in" amount={will_bring} />
        <Figure name="Going out" amount={will_take} />
        <Figure name="Received" amount={total_earned} />
        <Figure name="Spent" amount={total_spent} />
        {owed > 0 && <Figure name="Owed" amount={owed} />}
      </dl>
      {held > 0 && (
        <p class="muted">Held for what you have asked for or booked: yours until it is paid or given back.</p>
      )}
      {will_bring > 0 && <p class="muted">Coming in once sessions that you give have taken place.</p>}
      {owed > 0 && <p class="muted">What you owe is taken from what you earn next.</p>}
      <a class="button primary" href={addressOf(FIND)}>
        Find a colleague to book
      </a>
    </section>
  );
}

function Figure({ name, amount }: { name: string; amount: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{amount.toLocaleString('en-GB')}</dd>
    </div>
  );
}
