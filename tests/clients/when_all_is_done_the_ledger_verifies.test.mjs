// The last of the files by its name: it checks the books after all that the files before it did.
// Run alone, it checks what it does itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from './lib/clients.mjs';
import { booking, daysAhead, refund, succeed } from './lib/bookings.mjs';
import { rows } from './lib/database.mjs';
import { balanceOf, newFindings, surplusOfTheApplication } from './lib/ledger.mjs';
import { ANN, BEN } from './lib/people.mjs';

const [ann, ben] = await Promise.all([ANN, BEN].map(async (id) => ({ id, client: await signIn(id) })));

/** A day on which Ben works and Ann, who has a slot of her own here, books nothing else. */
function thursday() {
  const days = Array.from({ length: 7 }, (_, index) => daysAhead(28 + index));
  return days.find((day) => new Date(day).getUTCDay() === 4);
}

test("an application's own people book each other, and a balance that had drifted from its twin heals", async () => {
  const [hers, his] = await Promise.all([ann, ben].map(balanceOf));
  const reply = await succeed(
    ann.client.rpc(
      'create_peer_booking',
      booking(ann, ben, { p_session_date: thursday(), p_duration_minutes: 30 }),
    ),
  );
  assert.deepEqual(
    [
      reply.client_balance_before,
      reply.client_balance_after,
      reply.practitioner_balance_before,
      reply.practitioner_balance_after,
    ],
    [hers, hers - 30, his, his + 30],
  );
  assert.equal((await succeed(refund(ben, reply.session_id))).client_new_balance, hers);
  assert.equal(await balanceOf(ben), his);
});

test('every balance is what the ledger says', async () => {
  assert.deepEqual(await newFindings(), []);
});

test('all credits came from grants, and none was lost', async () => {
  const [{ circulating, granted }] = await rows(`
    select (select sum(balance + held - owed) from public.credits) as circulating,
           (select sum(amount) from public.credit_transactions where transaction_type = 'bonus')
             - (select coalesce(sum(amount), 0) from public.credit_transactions
                 where transaction_type = 'session_payment' and session_id is null) as granted`);
  assert.equal(circulating, granted + (await surplusOfTheApplication()));
});

test('no two active sessions of one person overlap', async () => {
  const overlapping = await rows(`
    with engaged as (
      select id, occupied_during, unnest(array[therapist_id, client_id]) as person
        from public.client_sessions where occupied_during is not null)
    select one.id, other.id as other from engaged as one
      join engaged as other on other.person = one.person and other.id > one.id
       and other.occupied_during && one.occupied_during`);
  assert.deepEqual(overlapping, []);
});
