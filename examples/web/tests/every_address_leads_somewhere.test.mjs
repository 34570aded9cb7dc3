import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, holds, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('an address that names nothing says so, and the other pages are still there', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  for (const address of [
    `practitioner/${ben.id}/60/garbage`,
    `practitioner/${ben.id}/60/2026-02-30`,
    `practitioner/${ben.id}/-60`,
    'practitioner/nobody',
    'session/one',
    'admin',
    '%E0%A4%A',
  ]) {
    await go(page, address);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.waitForFunction(() => document.title === 'No such page · Peer credits');
    await visit(page, 'Credits');
    await page.getByRole('heading', { name: 'Your credits' }).waitFor();
  }
});

test('an address may name a duration that no list offers', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await go(page, `practitioner/${ben.id}/50`);
  await page.getByRole('heading', { name: `Free times of ${ben.name}` }).waitFor();
  await holds(page.getByLabel('Duration'), '50');
});

test('a page that breaks takes no other with it', async () => {
  const pat = await newPerson();
  const page = await arrive(browser, pat);
  await page.route('**/rpc/get_my_peer_sessions', (route) => route.fulfill({ json: { next_before: null, sessions: [null] } }));
  await visit(page, 'Sessions');
  await page.getByRole('heading', { name: 'This page has broken' }).waitFor();
  await page.unroute('**/rpc/get_my_peer_sessions');
  await visit(page, 'Credits');
  await page.getByRole('heading', { name: 'Your credits' }).waitFor();
  await visit(page, 'Sessions');
  await reads(page, 'Nothing is booked.');
});

test('whoever has no name is called by the address of her e-mail', async () => {
  const pat = await newPerson();
  await execute(`update public.users set first_name = null, last_name = null where id = '${pat.id}'`);
  const page = await arrive(browser, { name: pat.email });
  await reads(page.getByRole('banner'), pat.email);
  await reads(page, 'No credits moved');
  assert.equal(await page.getByText('null').count(), 0);
});

function go(page, address) {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${address}`);
}
