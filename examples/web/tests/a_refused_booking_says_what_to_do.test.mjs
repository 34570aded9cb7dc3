import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { balanceOf, tracesOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, goToFreeTimes, offer, reads, seeFreeTimes } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('two people want one time: the slower one is told, keeps her credits and her words, and sees what is free', async () => {
  const [[ann, ben], cyd] = await Promise.all([newPair(), newPerson({ credits: 100, first_name: 'Cyd' })]);
  const [anns, cyds] = await Promise.all([arrive(browser, ann), arrive(browser, cyd)]);
  await choose(anns, ben, '10:00');
  await choose(cyds, ben, '10:00');
  await dialog(anns).getByLabel('Notes').fill('The left shoulder');
  await confirm(cyds, 'Book for 60 credits');
  await reads(dialog(cyds), 'expects you');

  await confirm(anns, 'Book for 60 credits');
  const alert = dialog(anns).getByRole('alert');
  await reads(alert, 'This time is taken.');
  await reads(alert, 'Choose another time');
  assert.equal(await dialog(anns).getByRole('button', { name: /^Book for/ }).count(), 0);
  assert.deepEqual([await balanceOf(ann), await balanceOf(cyd)], [100, 40]);

  const taken = await offer(anns, '10:00').getAttribute('aria-label');
  await alert.getByRole('button', { name: 'Show free times' }).click();
  await dialog(anns).waitFor({ state: 'detached' });
  await anns.getByRole('button', { name: taken }).waitFor({ state: 'detached' });
  await anns.getByRole('button', { name: taken.replace('10:00', '11:00') }).click();
  assert.equal(await dialog(anns).getByLabel('Notes').inputValue(), 'The left shoulder');
});

test('whoever has too few credits is offered something shorter', async () => {
  const [ann, ben] = await newPair({ credits: 20 });
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  const alert = page.getByRole('alert');
  await reads(alert, 'This costs 60 credits and you have 20.');
  await alert.getByRole('button', { name: 'Show sessions of 15 minutes' }).click();
  await offer(page, '10:00').click();
  await confirm(page, 'Book for 15 credits');
  await reads(dialog(page), 'have 5 left');
});

test('whoever has no credits at all is not sent from one refusal to the next', async () => {
  const [ann, ben] = await newPair({ credits: 0 });
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  const alert = page.getByRole('alert');
  await reads(alert, 'This costs 60 credits and you have 0.');
  assert.equal(await alert.getByRole('button').count(), 0);
  await alert.getByRole('link', { name: 'See your credits' }).click();
  await page.getByRole('heading', { name: 'Your credits' }).waitFor();
});

test('credits that were spent meanwhile are missed at the last moment, and nothing is booked', async () => {
  const [[ann, ben], cyd] = await Promise.all([newPair({ credits: 60 }), newPerson({ first_name: 'Cyd' })]);
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  await book(ann, cyd, { p_duration_minutes: 30, p_start_time: '15:00' });
  await confirm(page, 'Book for 60 credits');
  const alert = dialog(page).getByRole('alert');
  await reads(alert, 'This costs 60 credits and you have 30.');
  await reads(alert, 'give a session yourself to earn credits');
  assert.equal((await tracesOf(ben)).sessions, 0);
});

test('somebody who has left is no longer offered', async () => {
  const [ann, ben] = await Promise.all([newPerson({ credits: 60 }), newPerson({ is_active: false })]);
  const page = await arrive(browser, ann);
  // Whose name no search gives any more.
  await goToFreeTimes(page, ben);
  await reads(page.getByRole('alert'), 'This colleague takes no bookings at present.');
  await page.getByRole('alert').getByRole('link', { name: 'Find another colleague' }).click();
  await page.getByRole('heading', { name: 'Find a colleague' }).waitFor();
});
