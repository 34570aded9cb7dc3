import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, becomes, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('all of them are counted, and come page by page', async () => {
  const pat = await withNotifications(120);
  const page = await arrive(browser, pat);
  await visit(page, 'Notifications 120 unread');
  const items = page.locator('.notifications li');
  for (const shown of [50, 100, 120]) {
    await page.waitForFunction((count) => document.querySelectorAll('.notifications li').length === count, shown);
    if (shown < 120) await page.getByRole('button', { name: 'Show older notifications' }).click();
  }
  const titles = await items.locator('h2').allInnerTexts();
  assert.equal(new Set(titles).size, 120);
  assert.equal(await page.getByRole('button', { name: 'Show older notifications' }).count(), 0);
});

test('"Mark all as read" leaves none, however many there are', async () => {
  const pat = await withNotifications(1_540);
  const page = await arrive(browser, pat);
  await visit(page, 'Notifications 1,540 unread');
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
  const unread = `select count(*) from public.notifications where recipient_id = '${pat.id}' and read_at is null`;
  await becomes(unread, 0);
});

test('a list that can’t be loaded says so, and can be tried again', async () => {
  const pat = await withNotifications(1);
  const page = await arrive(browser, pat);
  const fault = { status: 400, json: { code: '22023', message: 'no', details: null, hint: null } };
  await page.route('**/rest/v1/notifications?*', (route) => route.fulfill(fault));
  await visit(page, /^Notifications/);
  const alert = page.getByRole('alert');
  await reads(alert, 'The server could not do this: no.');
  await page.unroute('**/rest/v1/notifications?*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: /News 1$/ }).waitFor();
});

test('each leads to the session that it tells of', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await visit(page, 'Notifications 2 unread');
  await page.getByRole('link', { name: 'See the session: Session booked' }).click();
  await page.getByRole('heading', { name: `from ${ben.name}` }).waitFor();
});

async function withNotifications(count) {
  const pat = await newPerson();
  await execute(`insert into public.notifications (recipient_id, type, title, body, created_at)
                 select '${pat.id}', 'news', 'News ' || number, 'News', now() - number / 3 * interval '1 minute'
                   from generate_series(1, ${count}) as number`);
  return pat;
}
