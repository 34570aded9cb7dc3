import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute, rows, value } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('an hour before the session both see it on the page that they have open', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben, await inAnHour());
  const pages = await Promise.all([ann, ben].map((person) => arrive(browser, person)));
  await execute('select peer_exchange.send_due_reminders()');
  for (const page of pages) {
    await reads(page.getByRole('status', { name: 'News' }), 'Session reminder');
    await visit(page, 'Notifications 3 unread');
    await page.getByRole('heading', { name: 'Session reminder' }).waitFor();
  }
});

test('what was read is no longer counted', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await visit(page, 'Notifications 2 unread');
  await page.getByRole('button', { name: 'Mark as read: Session booked' }).click();
  await page.getByRole('link', { name: 'Notifications 1 unread' }).waitFor();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
  const unread = `select count(*) from public.notifications where recipient_id = '${ann.id}' and read_at is null`;
  assert.equal(await value(unread), 0);
});

/** Date and time of the practitioner's clock, which shows UTC where she has published no zone. */
async function inAnHour() {
  const [start] = await rows(`
    select start::date as p_session_date, start::time(0) as p_start_time
      from (select date_trunc('minute', now() at time zone 'UTC') + interval '61 minutes' as start) as soon`);
  return start;
}
