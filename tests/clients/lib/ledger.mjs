// What tests ask of the books.
import { database, rows, value } from './database.mjs';

/** What a person has, and what she owes. */
export async function accountOf(person) {
  const [account] = await rows(`select balance, owed from public.credits where user_id = '${person.id}'`);
  return account ?? { balance: 0, owed: 0 };
}

/** The same with what is held, as she reads it herself. */
export async function creditsOf(person) {
  const { data } = await person.client.from('credits').select('balance, held, owed').maybeSingle();
  return data ?? { balance: 0, held: 0, owed: 0 };
}

export async function balanceOf(person) {
  return (await accountOf(person)).balance;
}

/** How many rows of each kind concern these people: what a refusal must leave as it is. */
export async function tracesOf(...people) {
  const ids = people.map((person) => `'${person.id}'`).join(', ');
  const [counts] = await rows(`
    select (select count(*) from public.client_sessions
             where client_id in (${ids}) or therapist_id in (${ids})) as sessions,
           (select count(*) from public.credit_transactions where user_id in (${ids})) as entries,
           (select count(*) from public.notifications where recipient_id in (${ids})) as notifications`);
  return counts;
}

/** The entries of a session, as pairs of type and amount, by the person they concern. */
export async function entriesOf(sessionId, person) {
  return rows(`select transaction_type, amount, balance_before, balance_after from public.credit_transactions
                where session_id = '${sessionId}' and user_id = '${person.id}' order by created_at`);
}

/** What the books say now and did not say before the application was adopted. */
export async function newFindings() {
  const older = database === 'settling' ? 'except select * from adoption.findings' : '';
  return rows(`select * from peer_exchange.verify_ledger() ${older}`);
}

/** The credits that the application made otherwise than by grants, before it was adopted. */
export async function surplusOfTheApplication() {
  return database === 'settling' ? value('select credits from adoption.surplus') : 0;
}

export async function statusOf(sessionId) {
  return value(`select status::text from public.client_sessions where id = '${sessionId}'`);
}
