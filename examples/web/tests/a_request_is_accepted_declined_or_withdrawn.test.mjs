import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { booking, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { accountOf, statusOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, reads, record } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('whoever asks first sees her credits held, and the other one sees the request and accepts it', async () => {
  const [ann, ben] = await newPair();
  const anns = await arrive(browser, ann);
  const calls = record(anns, 'request_peer_booking');
  await choose(anns, ben, '10:00');
  await confirm(anns, 'Ask first');
  await reads(dialog(anns), new RegExp(`${ben.name} has until .* to accept\\.`));
  await reads(dialog(anns), '60 credits are held until then, and you have 40 left');
  assert.match(calls[0].p_idempotency_key, /^[0-9a-f]{32}$/);
  await dialog(anns).getByRole('link', { name: 'See your sessions' }).click();
  await reads(anns, `Waits for ${ben.name} until`);
  await visit(anns, 'Credits');
  const balance = anns.getByRole('region', { name: 'Available' });
  await reads(balance, '40 credits');
  await reads(balance, 'Held');
  await reads(anns.locator('.statement'), `Held for a session with ${ben.name}`);
  await reads(anns.locator('.statement'), '60 held');

  const bens = await arrive(browser, ben);
  await visit(bens, /^Notifications/);
  await bens.getByRole('link', { name: /^See the session: / }).click();
  const session = bens.getByRole('region', { name: 'This session' });
  await reads(session, 'Waits for your answer until');
  await session.getByRole('button', { name: `Accept the request of ${ann.name}` }).click();
  await reads(dialog(bens), 'for 60 credits');
  await confirm(bens, 'Accept');
  await reads(dialog(bens), 'You have earned 60 credits.');
  await confirm(bens, 'Done');
  await reads(session, 'Scheduled');
  assert.deepEqual(
    [await accountOf(ann), await accountOf(ben)],
    [
      { balance: 40, owed: 0 },
      { balance: 60, owed: 0 },
    ],
  );
});

test('a request is declined, and all that was held is free again', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await ask(ann, ben);
  const page = await arrive(browser, ben);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Decline the request with ${ann.name}` }).click();
  await reads(dialog(page), `${ann.name} gets back 60 credits of what is held.`);
  await confirm(page, 'Decline');
  await reads(dialog(page), `60 credits went back to ${ann.name}.`);
  assert.equal(await statusOf(session_id), 'declined');
  assert.equal((await accountOf(ann)).balance, 100);
});

test('a request is withdrawn by whoever made it', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await ask(ann, ben);
  const page = await arrive(browser, ann);
  await visit(page, 'Sessions');
  const withdraw = page.getByRole('button', { name: `Withdraw the request with ${ben.name}` });
  await withdraw.waitFor();
  assert.equal(await page.getByRole('button', { name: /^Accept/ }).count(), 0);
  await withdraw.click();
  await confirm(page, 'Withdraw');
  await reads(dialog(page), '60 credits went back to you.');
  assert.equal(await statusOf(session_id), 'cancelled');
});

test('a request that was withdrawn meanwhile is not offered again', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await ask(ann, ben);
  const page = await arrive(browser, ben);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Accept the request of ${ann.name}` }).click();
  await succeed(ann.client.rpc('process_peer_booking_refund', { p_session_id: session_id }));
  await confirm(page, 'Accept');
  await reads(dialog(page).getByRole('alert'), 'This request can no longer be accepted.');
  assert.equal(await dialog(page).getByRole('button', { name: 'Accept', exact: true }).count(), 0);
  await dialog(page).getByRole('button', { name: 'Load your sessions again' }).click();
  await page.getByRole('button', { name: /^Accept/ }).waitFor({ state: 'detached' });
});

function ask(client, practitioner) {
  return succeed(client.client.rpc('request_peer_booking', booking(client, practitioner)));
}
