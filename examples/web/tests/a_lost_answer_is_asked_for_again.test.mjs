import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { balanceOf, tracesOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, reads, record } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('a booking whose answer was lost is asked for under the same key, and paid once', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  const calls = record(page, 'create_peer_booking');
  await loseAnswers(page, 'create_peer_booking', 1);
  await choose(page, ben, '10:00');
  await confirm(page, 'Book for 60 credits');
  await reads(dialog(page), 'No answer yet.');
  await reads(dialog(page), 'expects you');
  assert.equal(calls.length, 2);
  assert.match(calls[0].p_idempotency_key, /^[0-9a-f]{32}$/);
  assert.deepEqual(calls[0], calls[1]);
  assert.deepEqual([await balanceOf(ann), (await tracesOf(ben)).sessions], [40, 1]);
});

test('without a network the request is kept, and sent under its key when it is made again', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  const calls = record(page, 'create_peer_booking');
  await choose(page, ben, '10:00');
  await page.route('**/rest/v1/**', (route) => route.abort());
  await spareThePauses(page);
  await confirm(page, 'Book for 60 credits');
  const alert = dialog(page).getByRole('alert');
  await reads(alert, 'The server can’t be reached.');
  assert.equal(await dialog(page).getByLabel('What for').isDisabled(), true);
  await page.unroute('**/rest/v1/**');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await reads(dialog(page), 'expects you');
  assert.equal(new Set(calls.map((call) => call.p_idempotency_key)).size, 1);
  assert.deepEqual([await balanceOf(ann), (await tracesOf(ben)).sessions], [40, 1]);
});

test('a request after a refusal is a new one, with a key of its own', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  const calls = record(page, 'create_peer_booking');
  await choose(page, ben, '10:00');
  await dialog(page)
    .getByLabel('What for')
    .evaluate((field) => field.removeAttribute('pattern'));
  await dialog(page).getByLabel('What for').fill(' ');
  await confirm(page, 'Book for 60 credits');
  await reads(dialog(page).getByRole('alert'), 'Something is missing.');
  await dialog(page).getByLabel('What for').fill('Massage');
  await confirm(page, 'Book for 60 credits');
  await reads(dialog(page), 'expects you');
  assert.notEqual(calls[0].p_idempotency_key, calls[1].p_idempotency_key);
});

test('a cancellation whose answer was lost says what went back', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await loseAnswers(page, 'process_peer_booking_refund', 1);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Cancel the session with ${ben.name}` }).click();
  await confirm(page, 'Cancel the session');
  await reads(dialog(page), '60 credits went back to you.');
  assert.equal(await balanceOf(ann), 100);
});

test('a page that could not be loaded can be tried again on the spot', async () => {
  const [ann] = await newPair();
  const page = await arrive(browser, ann);
  await page.route('**/rpc/get_my_peer_sessions', (route) => route.abort());
  await visit(page, 'Sessions');
  const upcoming = page.getByRole('region', { name: 'Upcoming' });
  await reads(upcoming, 'Loading your sessions');
  await reads(upcoming.getByRole('alert'), 'Check your connection');
  await page.unroute('**/rpc/get_my_peer_sessions');
  await upcoming.getByRole('button', { name: 'Try again' }).click();
  await reads(upcoming, 'Nothing is booked.');
});

test('what could not be loaded is loaded by itself when the network is back', async () => {
  const [ann] = await newPair();
  const page = await arrive(browser, ann);
  await page.context().setOffline(true);
  await visit(page, 'Sessions');
  const upcoming = page.getByRole('region', { name: 'Upcoming' });
  await reads(upcoming.getByRole('alert'), 'Check your connection');
  await page.context().setOffline(false);
  await reads(upcoming, 'Nothing is booked.');
  assert.equal(await upcoming.getByRole('alert').count(), 0);
});

test('a server that is being restarted is not blamed on the connection', async () => {
  const [ann] = await newPair();
  const page = await arrive(browser, ann);
  const unavailable = { status: 503, json: { code: 'PGRST002', message: 'Could not query the schema cache' } };
  await page.route('**/rpc/get_my_peer_sessions', (route) => route.fulfill(unavailable));
  await visit(page, 'Sessions');
  const alert = page.getByRole('region', { name: 'Upcoming' }).getByRole('alert');
  await reads(alert, 'The server can’t answer at present. It is not your connection.');
  await page.unroute('**/rpc/get_my_peer_sessions');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await reads(page, 'Nothing is booked.');
});

/** The server does what it was asked, and its answer never arrives. */
async function loseAnswers(page, rpc, count) {
  let left = count;
  await page.route(`**/rpc/${rpc}`, async (route) => {
    if (left === 0) return route.continue();
    left -= 1;
    await route.fetch();
    return route.abort();
  });
}

/** The browser finds its network again and again: each time is worth another attempt. */
function spareThePauses(page) {
  return page.evaluate(() => {
    setInterval(() => dispatchEvent(new Event('online')), 100);
  });
}
