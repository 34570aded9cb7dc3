import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book, refund } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, signIn } from './lib/browser.mjs';
import { arrive, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('newest first, with its sign, with whom, and the balance after it', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  const page = await arrive(browser, ann);
  assert.deepEqual(await movements(page), [
    [`Back from ${ben.name}`, '+60', '100'],
    [`Session with ${ben.name}`, '−60', '40'],
    ['For a test', '+100', '100'],
  ]);
});

test('older entries come when they are asked for', async () => {
  const pat = await newPerson();
  await execute(`select peer_exchange.grant_credits('${pat.id}', 1, 'Grant ' || number)
                   from generate_series(1, 25) as number`);
  const page = await arrive(browser, pat);
  assert.equal((await movements(page)).length, 20);
  await page.getByRole('button', { name: 'Show older entries' }).click();
  await page.getByText('Grant 1', { exact: true }).waitFor();
  assert.equal((await movements(page)).length, 25);
});

test('a period leaves out what was before it', async () => {
  const page = await signIn(browser, 'Dora Díaz');
  const all = await movements(page);
  await page.getByLabel('Period').selectOption('Last 30 days');
  await page.waitForFunction(
    (count) => document.querySelectorAll('.statement tbody tr').length < count,
    all.length,
  );
  const recent = await movements(page);
  assert.deepEqual(recent, all.slice(0, recent.length));
});

test('the chart says in words what it draws', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  const words = await page.getByRole('img', { name: 'Balance since' }).getAttribute('aria-label');
  assert.match(words, /now 40 credits, lowest 40, highest 100\.$/);
});

test('whoever has nothing yet is told so', async () => {
  const pat = await newPerson();
  const page = await arrive(browser, pat);
  await reads(page, '0 credits');
  await reads(page, 'No credits moved in this time.');
});

/** Of each row: what for, how many credits, the balance. */
async function movements(page) {
  await page.locator('.statement tbody tr').first().waitFor();
  return page
    .locator('.statement tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector('strong').innerText,
        ...[...row.querySelectorAll('.number')].map((cell) => cell.innerText),
      ]),
    );
}
