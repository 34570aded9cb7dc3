import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { balanceOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, reads } from './lib/steps.mjs';

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

test('the colleague who has the page open hears of it', async () => {
  const [ann, ben] = await newPair();
  const bens = await arrive(browser, ben);
  await reads(bens, '0 credits');
  const anns = await arrive(browser, ann);
  await choose(anns, ben, '11:00', 30);
  await confirm(anns, 'Book for 30 credits');
  await reads(bens.getByRole('status', { name: 'News' }), 'New peer booking');
  await reads(bens.getByRole('region', { name: 'Available' }), '30 credits');
  await visit(bens, 'Notifications 2 unread');
  await reads(bens, `${ann.name} has booked a 30-minute session with you`);
});
