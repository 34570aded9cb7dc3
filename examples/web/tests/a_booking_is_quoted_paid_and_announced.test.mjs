import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { balanceOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, holds, offer, reads, seeFreeTimes } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('the price is shown before anything is booked', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00', 45);
  const price = await dialog(page).locator('.price').innerText();
  assert.deepEqual(price.match(/\d+ credits?/g), ['45 credits', '100 credits', '55 credits']);
  assert.equal(await balanceOf(ann), 100);
});

test('a booking is paid, and listed among the sessions of both', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  await dialog(page).getByLabel('Notes').fill('The left shoulder');
  await confirm(page, 'Book for 60 credits');
  await reads(dialog(page), `${ben.name} expects you`);
  await reads(dialog(page), 'have 40 left');
  assert.deepEqual([await balanceOf(ann), await balanceOf(ben)], [40, 60]);

  await dialog(page).getByRole('link', { name: 'See your sessions' }).click();
  await reads(page.getByRole('region', { name: 'Upcoming' }), `from ${ben.name}`);

  const other = await arrive(browser, ben);
  await reads(other, '60 credits');
  await visit(other, 'Sessions');
  await reads(other.getByRole('region', { name: 'Upcoming' }), `for ${ann.name}`);
  await reads(other, '“The left shoulder”');
});

test('what was booked leads to the page of its session', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00', 45);
  await confirm(page, 'Book for 45 credits');
  await dialog(page).getByRole('link', { name: 'See this session' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await reads(page, `from ${ben.name}`);
  assert.match(page.url(), /#\/session\//);
});

test('whoever goes back leaves what she was about to book', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  await page.getByLabel('Duration').selectOption('30 minutes');
  await reads(page, 'for 30 credits each');
  await offer(page, '10:00').click();
  await dialog(page).waitFor();
  await page.goBack();
  await dialog(page).waitFor({ state: 'detached' });
  await reads(page, 'for 60 credits each');
});

test('the day from which on times are shown is typed, figure by figure', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  const [year, month, day] = daysAhead(40).split('-');
  await page.getByLabel('From').focus();
  await page.keyboard.type(month + day + year, { delay: 100 });
  await holds(page.getByLabel('From'), daysAhead(40));
  await page.waitForFunction((date) => location.hash.endsWith(date), daysAhead(40));
  await page.getByRole('button', { name: 'Later' }).click();
  await holds(page.getByLabel('From'), daysAhead(47));
});

test('the colleague who has the page open hears of it', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.notifications (recipient_id, type, title, body) values ('${ben.id}', 'news', 'Old', 'Old')`);
  const bens = await arrive(browser, ben);
  await reads(bens, '0 credits');
  // What a page has found when it was opened is no news.
  await bens.getByRole('link', { name: 'Notifications 1 unread' }).waitFor();
  const anns = await arrive(browser, ann);
  await choose(anns, ben, '11:00', 30);
  await confirm(anns, 'Book for 30 credits');
  await reads(bens.getByRole('status', { name: 'News' }), 'New peer booking');
  await reads(bens.getByRole('region', { name: 'Available' }), '30 credits');
  await visit(bens, 'Notifications 3 unread');
  await reads(bens, `${ann.name} has booked a 30-minute session with you`);
});
