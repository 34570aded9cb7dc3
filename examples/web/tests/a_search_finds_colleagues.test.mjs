import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launch, signIn, visit } from './lib/browser.mjs';
import { reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('by name, place or specialization as one types, without regard to accents', async () => {
  const page = await searching();
  const query = page.getByLabel('Name, place or specialization');
  await query.fill('diaz');
  await found(page, ['Dora Díaz']);
  await query.fill('edinb');
  await found(page, ['Gus Grant']);
  await query.fill('lymph');
  await found(page, ['Emil Ekström']);
});

test('by filters, each of which narrows what the others left', async () => {
  const page = await searching();
  await page.getByLabel('Place', { exact: true }).fill('london');
  await found(page, ['Ben Brook', 'Fay Fuller']);
  await page.getByLabel('Role').selectOption('Sports therapist');
  await found(page, ['Fay Fuller']);
  await page.getByLabel('Specialization', { exact: true }).fill('neck');
  await reads(page, 'Nobody matches all of this.');
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByText(/^\d+ colleagues$/).waitFor();
  assert.equal(await page.getByLabel('Place', { exact: true }).inputValue(), '');
});

test('the price is that of the chosen duration, and leads to the free times of that length', async () => {
  const page = await searching();
  await page.getByLabel('Name, place or specialization').fill('ben brook');
  await found(page, ['Ben Brook']);
  await page.getByLabel('Duration').selectOption('30 minutes');
  await reads(page.getByRole('listitem'), '30 credits');
  await page.getByRole('link', { name: 'See free times of Ben Brook' }).click();
  await reads(page, /free times for 30 credits each, by London time/);
});

async function searching() {
  const page = await signIn(browser, 'Ann Archer');
  await visit(page, 'Find');
  return page;
}

/** Exactly these, once the search has come to rest. */
async function found(page, names) {
  const cards = page.locator('.practitioner h2');
  await page
    .getByText(names.length === 1 ? '1 colleague' : `${names.length} colleagues`, { exact: true })
    .waitFor();
  await page.getByText(names[0]).waitFor();
  assert.deepEqual(await cards.allInnerTexts(), names);
}
