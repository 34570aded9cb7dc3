import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { rows, value } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, becomes } from './lib/steps.mjs';

/** On a page where nothing happens, news may come half a minute late. */
const PATIENTLY = { timeout: 40_000 };

const browser = await launch();
after(() => browser.close());

test('two hours before the session both see a reminder on the page they have open', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben, await soonDue());
  const pages = await Promise.all([ann, ben].map((person) => arrive(browser, person)));
  // What a page has found when it was opened is no news.
  await Promise.all(pages.map((page) => page.getByRole('link', { name: 'Notifications 2 unread' }).waitFor()));
  await remind(ann);
  // Both at once, since what is announced goes away by itself.
  await Promise.all(
    pages.map(async (page) => {
      await page.getByRole('status', { name: 'News' }).getByText('Session reminder').waitFor(PATIENTLY);
      await visit(page, 'Notifications 3 unread');
      await page.getByRole('heading', { name: 'Session reminder' }).waitFor();
    }),
  );
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
  await becomes(unread, 0);
});

/** A start whose reminder is due in a few seconds, on a clock that shows UTC: Ben has published no zone. */
async function soonDue() {
  const [start] = await rows(`
    select start::date as p_session_date, start::time(0) as p_start_time
      from (select now() at time zone 'UTC' + interval '120 minutes 4 seconds' as start) as soon`);
  return start;
}

/** Runs the job, as a scheduler does, until it has reminded this person: others have sessions, too. */
async function remind(person) {
  const reminders = `select count(*) from public.notifications
                      where recipient_id = '${person.id}' and type = 'peer_booking_reminder'`;
  for (let runs = 0; runs < 30; runs += 1) {
    await value('select peer_exchange.send_due_reminders()');
    if ((await value(reminders)) > 0) return;
    await setTimeout(500);
  }
  assert.fail('no reminder was due');
}
