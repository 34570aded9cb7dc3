import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, signIn, visit } from './lib/browser.mjs';
import { arrive, holds, reads } from './lib/steps.mjs';

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
  await holds(page.getByLabel('Place', { exact: true }), '');
});

test('the price is that of the chosen duration, and leads to the free times of that length', async () => {
  const page = await searching();
  await page.getByLabel('Name, place or specialization').fill('ben brook');
  await found(page, ['Ben Brook']);
  await page.getByLabel('Duration').selectOption('30 minutes');
  await reads(page.getByRole('listitem'), '30 credits');
  await page.getByRole('link', { name: 'See free times of Ben Brook' }).click();
  await reads(page, /free times for 30 credits each, by your clock/);
});

test('what is looked for stands in the address, and is there again on the way back', async () => {
  const page = await searching();
  await page.getByLabel('Place', { exact: true }).fill('london');
  await page.getByLabel('Duration').selectOption('30 minutes');
  await found(page, ['Ben Brook', 'Fay Fuller']);
  for (const wayBack of [() => page.goBack(), () => page.getByRole('link', { name: 'All colleagues' }).click()]) {
    await page.getByRole('link', { name: 'See free times of Ben Brook' }).click();
    await page.getByRole('heading', { name: 'Free times of Ben Brook' }).waitFor();
    await wayBack();
    await found(page, ['Ben Brook', 'Fay Fuller']);
    await holds(page.getByLabel('Duration'), '30');
  }
  await page.reload();
  await found(page, ['Ben Brook', 'Fay Fuller']);
  await visit(page, 'Find');
  await page.getByText(/^\d+ colleagues$/).waitFor();
  await holds(page.getByLabel('Place', { exact: true }), '');
});

test('what there is to book with stands above what can be booked', async () => {
  const pat = await newPerson({ credits: 35 });
  const page = await arrive(browser, pat);
  await visit(page, 'Find');
  await reads(page, 'You can spend 35 credits');
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
