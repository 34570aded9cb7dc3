import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { succeed } from '../../../tests/clients/lib/bookings.mjs';
import { balanceOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, open } from './lib/browser.mjs';
import { arrive, becomes, choose, dialog, goToSession, offer, reads, seeFreeTimes, tookPlace } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('signing in, choosing a time and booking it, without a pointer', async () => {
  const [ann, ben] = await newPair();
  const page = await open(browser);
  await tabTo(page, new RegExp(ann.name));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your credits' }).waitFor();
  await seeFreeTimes(page, ben);
  await offer(page, '00:00').waitFor();
  await tabTo(page, /^Book 00:00/);
  await page.keyboard.press('Enter');
  await dialog(page).getByText('It costs').waitFor();
  await tabTo(page, /^Book for 60 credits/);
  await page.keyboard.press('Enter');
  await reads(dialog(page), 'expects you');
  assert.equal(await balanceOf(ann), 40);
});

test('a week full of times is one stop of the keyboard, and arrows lead through it', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  await offer(page, '00:00').waitFor();
  const stops = await page.locator('.slots button').evaluateAll((buttons) => [
    buttons.length,
    buttons.filter((button) => button.tabIndex === 0).length,
  ]);
  assert.deepEqual(stops, [7 * 48, 1]);

  const [first, second] = await days(page);
  await tabTo(page, /^Book 00:00/);
  await pressing(page, 'ArrowRight', `Book 00:30 on ${first}`);
  await pressing(page, 'ArrowDown', `Book 00:30 on ${second}`);
  await pressing(page, 'ArrowLeft', `Book 00:00 on ${second}`);
  await pressing(page, 'ArrowLeft', `Book 23:30 on ${first}`);
  await pressing(page, 'ArrowDown', `Book 23:30 on ${second}`);
  await pressing(page, 'ArrowUp', `Book 23:30 on ${first}`);
  await pressing(page, 'Home', `Book 00:00 on ${first}`);
  await pressing(page, 'End', /^Book 23:30/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /^Book 23:30/);
});

test('Escape closes a dialog, and the focus is back where it was', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  assert.match(await focused(page), /^Book 10:00/);
});

test('the focus does not leave a dialog that is open', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    const isOutside = await page.evaluate(() => {
      const element = document.activeElement;
      return element !== document.body && !element.closest('dialog');
    });
    assert.equal(isOutside, false);
  }
});

test('another page begins at its heading, with a title of its own', async () => {
  const [ann] = await newPair();
  const page = await arrive(browser, ann);
  await tabTo(page, /^Sessions/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Your sessions');
  await page.waitForFunction(() => document.title === 'Your sessions · Peer credits');
});

test('the first stop of the keyboard skips the links above the content', async () => {
  const [ann] = await newPair();
  const page = await arrive(browser, ann);
  await page.reload();
  await page.getByRole('heading', { name: 'Your credits' }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Your credits');
});

test('a session that took place is rated, and rated otherwise; its practitioner reads that, and a search shows it', async () => {
  const [ann, ben] = await newPair();
  const session = await tookPlace(ann, ben);
  const page = await arrive(browser, ann);
  await goToSession(page, session);
  await page.getByRole('heading', { name: 'How was it?' }).waitFor();
  await tabTo(page, /^1 star$/);
  await pressing(page, 'Space', '1 star');
  await pressing(page, 'ArrowRight', '2 stars');
  await pressing(page, 'ArrowRight', '3 stars');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Warm hands');
  await tabTo(page, /^Rate the session$/);
  await page.keyboard.press('Enter');
  await reads(page, 'Thank you. It is noted.');
  await page.getByRole('button', { name: 'Change the rating' }).waitFor();
  await page.getByRole('radio', { name: '3 stars' }).focus();
  await pressing(page, 'ArrowRight', '4 stars');
  await tabTo(page, /^Change the rating$/);
  await page.keyboard.press('Enter');
  await becomes(`select rating::integer from public.client_sessions where id = '${session}'`, 4);

  const bens = await arrive(browser, ben);
  await goToSession(bens, session);
  const rating = bens.getByRole('region', { name: 'How it was' });
  await reads(rating, '“Warm hands”');
  await rating.getByRole('img', { name: '4 stars' }).waitFor();
  const { data } = await ann.client.rpc('search_peer_practitioners', { p_query: ben.name });
  assert.deepEqual([data.practitioners[0].rating, data.practitioners[0].rating_count], [4, 1]);
});

test('weekly hours are published, and one day of them left out', async () => {
  const ben = await newPerson();
  const page = await arrive(browser, ben);
  await tabTo(page, /^My practice/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Working hours' }).waitFor();
  await tabTo(page, /^Publish weekly hours$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Remove 09:00 to 17:00 of Friday$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Publish these hours$/);
  await page.keyboard.press('Enter');
  await reads(page, 'Your hours are published.');
  const { working_hours } = await succeed(ben.client.rpc('get_my_practice'));
  assert.deepEqual(
    [working_hours.thursday.hours, working_hours.friday.enabled],
    [[{ start: '09:00', end: '17:00' }], false],
  );
});

/** Presses a key, after which the focus must be on what has this name. */
async function pressing(page, key, name) {
  await page.keyboard.press(key);
  const there = await focused(page);
  if (name instanceof RegExp) assert.match(there, name);
  else assert.equal(there, name);
}

/** The days that are shown. */
function days(page) {
  return page.locator('.days h2').allInnerTexts();
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  assert.fail(`${name} is not reached by Tab`);
}

function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return '';
    return (element.getAttribute('aria-label') ?? element.innerText ?? '').trim();
  });
}
