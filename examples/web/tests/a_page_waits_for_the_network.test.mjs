import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, goToFreeTimes, offer, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

/** Pages whose code comes when they are opened: how one gets there, and what stands there in the end. */
const PAGES = {
  practice: {
    open: (page) => visit(page, 'My practice'),
    arrived: (page) => page.getByRole('button', { name: 'Publish these hours' }).waitFor(),
  },
  'free times': {
    open: (page, { ben }) => goToFreeTimes(page, ben),
    arrived: (page) => offer(page, '10:00').waitFor(),
  },
  'one session': {
    open: (page, { session_id }) => goToSession(page, session_id),
    arrived: (page) => reads(page, 'You booked it'),
  },
};

for (const [name, { open, arrived }] of Object.entries(PAGES)) {
  test(`${name}: says that one is offline, and comes by itself`, async () => {
    const scene = await newScene();
    const { page } = scene;
    await page.context().setOffline(true);
    await open(page, scene);
    await reads(page.getByRole('alert'), 'You are offline.');
    assert.equal(await page.getByText('mistake of ours').count(), 0);
    await page.context().setOffline(false);
    await arrived(page);
    assert.equal(await page.getByRole('alert').count(), 0);
  });
}

test('what is shown stays, and is read again when the network is back', async () => {
  const { page, ann, ben } = await newScene();
  await visit(page, 'Sessions');
  const upcoming = page.getByRole('region', { name: 'Upcoming' });
  await reads(upcoming, '60 minutes');
  await page.context().setOffline(true);
  await book(ann, ben, { p_start_time: '15:00', p_duration_minutes: 30 });
  await reads(upcoming, '60 minutes');
  await page.context().setOffline(false);
  await reads(upcoming, '30 minutes');
});

test('code that did not come for another reason can be asked for again on the spot', async () => {
  const { page } = await newScene();
  await page.route('**/assets/PracticePage*', (route) => route.abort());
  await visit(page, 'My practice');
  const alert = page.getByRole('alert');
  await reads(alert, 'This part of the page can’t be loaded.');
  await page.unroute('**/assets/PracticePage*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await PAGES.practice.arrived(page);
});

async function newScene() {
  const [ann, ben] = await newPair({ credits: 200 });
  const { session_id } = await book(ann, ben, { p_start_time: '12:00' });
  return { ann, ben, session_id, page: await arrive(browser, ann) };
}

function goToSession(page, sessionId) {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/session/${sessionId}`);
}
