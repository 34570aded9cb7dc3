import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch } from './lib/browser.mjs';
import { arrive, reads } from './lib/steps.mjs';

/** From a width to another one; the last of them leads from one column to two. */
const STEPS = [320, 360, 480, 600, 736, 820, 912, 913, 1024].map((to) => [1280, to]).concat([[912, 913]]);

const browser = await launch();
after(() => browser.close());

test('nor is it in the moment in which the window changes', async () => {
  const [ann, ben] = await newPair({ credits: 500 });
  const { session_id } = await book(ann, ben);
  const page = await arrive(browser, ann);
  const shown = await framed(page);
  for (const [address, text] of [
    ['credits', 'For a test'],
    ['find', /^\d+ colleagues?$/],
    [`practitioner/${ben.id}`, /free times for/],
    ['sessions', 'No session lies behind you yet.'],
    [`session/${session_id}`, 'What has happened'],
    ['practice', 'Publish these hours'],
    ['notifications', 'Session booked'],
    ['nowhere', 'There is no such page'],
  ]) {
    await shown.locator('body').evaluate((_, hash) => {
      location.hash = hash;
    }, `#/${address}`);
    await reads(shown, text);
    await shown.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    if (address === 'credits') await shown.getByRole('img', { name: /^Balance from/ }).waitFor();
    for (const [from, to] of STEPS)
      assert.deepEqual([address, from, to, await overflow(page, from, to)], [address, from, to, 0]);
  }
});

/** The page in a frame of its own window: what holds it can be made narrower and be measured before it is drawn anew. */
async function framed(page) {
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = location.href;
    frame.style.cssText = 'border: 0; height: 800px';
    document.body.replaceChildren(frame);
  });
  return page.frameLocator('iframe');
}

/** By how much it is too wide at the second width, at once after it was drawn for the first. */
function overflow(page, from, to) {
  return page.evaluate(
    async ([from, to]) => {
      const frame = document.querySelector('iframe');
      const drawn = () => new Promise((resolve) => frame.contentWindow.requestAnimationFrame(resolve));
      frame.style.width = `${from}px`;
      await drawn();
      await drawn();
      frame.style.width = `${to}px`;
      return Math.max(frame.contentDocument.documentElement.scrollWidth - to, 0);
    },
    [from, to],
  );
}
