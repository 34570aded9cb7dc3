import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { balanceOf, statusOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('a client is told that all comes back, cancels, and gets it back', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const page = await cancelling(ann, ben);
  await reads(dialog(page), 'All 60 credits come back to you.');
  await dialog(page).getByLabel(`Reason for ${ben.name}`).fill('A cold');
  await confirm(page, 'Cancel the session');
  await reads(dialog(page), '60 credits went back to you.');
  await confirm(page, 'Done');
  await reads(page.getByRole('region', { name: 'Past and cancelled' }), 'Cancelled, refunded');
  assert.deepEqual([await balanceOf(ann), await balanceOf(ben)], [100, 0]);
  assert.equal(await statusOf(session_id), 'cancelled');

  const other = await arrive(browser, ben);
  await visit(other, 'Notifications');
  await reads(other, 'A cold');
});

test('under a policy a client is told which part comes back', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.cancellation_policies
    (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
    values ('${ben.id}', 1000, 24, 12, 50)`);
  await book(ann, ben);
  const page = await cancelling(ann, ben);
  await reads(dialog(page), '30 of your 60 credits come back to you (50 %); you lose 30.');
  await reads(dialog(page), /^50 % \(30 credits\) come back until .*, 10:00 your time$/);
  await reads(dialog(page), 'Nothing comes back after that');
  await confirm(page, 'Cancel the session');
  await reads(dialog(page), '30 credits went back to you.');
  assert.equal(await balanceOf(ann), 70);
});

test('too late for a refund, a client is told what is lost', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours)
    values ('${ben.id}', 1000, 1000)`);
  await book(ann, ben);
  const page = await cancelling(ann, ben);
  await reads(dialog(page), 'It is too late for a refund: you lose all 60 credits.');
});

test('a practitioner is told that the client gets everything back', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await cancelling(ben, ann);
  await reads(dialog(page), `${ann.name} gets back 60 credits, taken from your balance.`);
  await confirm(page, 'Cancel the session');
  await reads(dialog(page), `60 credits went back to ${ann.name}.`);
  assert.deepEqual([await balanceOf(ann), await balanceOf(ben)], [100, 0]);
});

test('whoever keeps the session has changed nothing', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const page = await cancelling(ann, ben);
  await confirm(page, 'Keep it');
  await dialog(page).waitFor({ state: 'detached' });
  assert.equal(await statusOf(session_id), 'scheduled');
});

/** The dialog, open before this person. */
async function cancelling(person, other) {
  const page = await arrive(browser, person);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Cancel the session with ${other.name}` }).click();
  return page;
}
