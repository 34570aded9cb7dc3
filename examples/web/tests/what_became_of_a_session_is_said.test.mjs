import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute, rows } from '../../../tests/clients/lib/database.mjs';
import { accountOf, statusOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('nobody is asked before a session has begun', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ben);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: /^Cancel the session/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^(Done|Did not come)/ }).count(), 0);
});

test('a practitioner says that it took place', async () => {
  const { ann, ben, session_id } = await begun();
  const page = await saying(ben, `Done with the session with ${ann.name}`);
  await reads(dialog(page), 'It was paid at the booking: no credits move.');
  await confirm(page, 'It took place');
  await reads(dialog(page), 'Thank you.');
  await dialog(page).locator('footer button').click();
  await reads(page, 'Completed');
  assert.equal(await statusOf(session_id), 'completed');
});

test('a practitioner says that the client did not come, and keeps what was paid', async () => {
  const { ann, ben, session_id } = await begun();
  const page = await saying(ben, `Did not come to the session: ${ann.name}`);
  await dialog(page).getByLabel('What happened').fill('Waited for half an hour');
  await confirm(page, `${ann.name} did not come`);
  await reads(dialog(page), `${ann.name} has been told.`);
  assert.equal(await statusOf(session_id), 'no_show');
  assert.equal((await accountOf(ben)).balance, 60);
});

test('a client says that the practitioner did not come, and hears until when that can be contradicted', async () => {
  const { ann, ben, session_id } = await begun();
  const page = await saying(ann, `Did not come to the session: ${ben.name}`);
  await reads(dialog(page), 'Until that time is over no credits move');
  await confirm(page, `${ben.name} did not come`);
  await reads(dialog(page), new RegExp(`${ben.name} has until .* to contradict; then your credits come back\\.`));
  assert.equal(await statusOf(session_id), 'no_show');
  assert.equal((await accountOf(ann)).balance, 40);
});

/** A session that began half an hour ago: booked for a later day, and set back by the application. */
async function begun() {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const [start] = await rows(
    `select start::date as date, start::time(0) as time from (select now() at time zone 'UTC' - interval '30 minutes' as start) as x`,
  );
  await execute(`update public.client_sessions set session_date = '${start.date}', start_time = '${start.time}'
                  where id = '${session_id}'`);
  return { ann, ben, session_id };
}

/** The dialog that this button opens, before this person. */
async function saying(person, button) {
  const page = await arrive(browser, person);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: button }).click();
  return page;
}
