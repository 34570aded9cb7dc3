import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, open, signIn, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, goToSession, reads, seeFreeTimes, tookPlace } from './lib/steps.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch();
after(() => browser.close());

const SCREENS = {
  'on a wide screen': { viewport: { width: 1200, height: 800 } },
  'on a narrow screen, in the dark': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};

for (const [where, settings] of Object.entries(SCREENS)) {
  test(`axe finds nothing serious on any page ${where}`, async () => {
    await holds(await open(browser, settings), 'the way in', 'Who are you?');
    const page = await signIn(browser, 'Ann Archer', settings);
    await holds(page, 'credits', 'Monthly allocation');
    await visit(page, 'Sessions');
    await holds(page, 'sessions', 'Completed');
    await visit(page, 'Notifications');
    await holds(page, 'notifications', 'Session booked');
    await visit(page, 'My practice');
    await holds(page, 'practice', 'Publish these hours');
    await visit(page, 'Find');
    await holds(page, 'find', /^\d+ colleagues$/);
    await page.getByRole('link', { name: 'See free times' }).first().click();
    await holds(page, 'free times', /free times for/);
  });

  test(`axe finds nothing serious in any dialog ${where}`, async () => {
    const [ann, ben] = await newPair();
    await book(ann, ben);
    const page = await arrive(browser, ann, settings);
    await choose(page, ben, '12:00', 30);
    await holds(page, 'booking', /^It costs$/);
    await confirm(page, 'Book for 30 credits');
    await holds(page, 'booked', 'expects you');
    await dialog(page).getByRole('link', { name: 'See your sessions' }).click();
    await page.getByRole('button', { name: 'Move the session with' }).first().click();
    await holds(page, 'moving', 'Nothing has to be paid again.');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel the session with' }).first().click();
    await holds(page, 'cancelling', 'come back to you');
  });

  test(`axe finds nothing serious in a request, nor in answering it ${where}`, async () => {
    const [ann, ben] = await newPair();
    const asking = await arrive(browser, ann, { ...settings, timezoneId: 'Pacific/Honolulu' });
    await choose(asking, ben, '12:00', 30);
    await holds(asking, 'on another clock', 'Times by');
    await confirm(asking, 'Ask first');
    await holds(asking, 'asked', 'to accept');
    await dialog(asking).getByRole('link', { name: 'See your sessions' }).click();
    await holds(asking, 'request', 'Waits for');
    const answering = await arrive(browser, ben, settings);
    await visit(answering, /^Notifications/);
    await answering.getByRole('link', { name: /^See the session: / }).first().click();
    await holds(answering, 'one session', 'What has happened');
    await answering.getByRole('button', { name: /^Accept/ }).first().click();
    await holds(answering, 'accepting', 'for 30 credits');
  });

  test(`axe finds nothing serious in a rating ${where}`, async () => {
    const [ann, ben] = await newPair();
    const session = await tookPlace(ann, ben);
    const page = await arrive(browser, ann, settings);
    await goToSession(page, session);
    await holds(page, 'rating', 'How was it?');
    await page.getByRole('radio', { name: '4 stars' }).check();
    await page.getByRole('button', { name: 'Rate the session' }).click();
    await holds(page, 'rated', 'Thank you.');
    const bens = await arrive(browser, ben, settings);
    await goToSession(bens, session);
    await holds(bens, 'read', 'How it was');
  });

  test(`axe finds nothing serious in a refusal ${where}`, async () => {
    const [ann, ben] = await newPair({ credits: 10 });
    const page = await arrive(browser, ann, settings);
    await seeFreeTimes(page, ben);
    await holds(page, 'refusal', 'This costs 60 credits and you have 10.');
  });
}

/** Once this text is there: axe has nothing serious to say, and nothing is wider than the screen. */
async function holds(page, what, text) {
  await reads(page, text);
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(
    ({ id, nodes }) => `${what}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`,
  );
  assert.deepEqual(told, []);
  assert.deepEqual(await page.evaluate(tooWide), [], what);
}

/** What sticks out of the screen to the right. */
function tooWide() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const elements = [...document.body.querySelectorAll('*')];
  return elements
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map((element) => element.outerHTML);
}
