import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { book, booking, daysAhead, refund, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, signIn, visit } from './lib/browser.mjs';
import { arrive, holds, reads } from './lib/steps.mjs';

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

test('by dates, kind and person', async () => {
  const [ann, ben] = await newPair();
  const cyd = await newPerson();
  await book(ann, ben);
  await book(ann, cyd, { p_start_time: '14:00', p_duration_minutes: 30 });
  const page = await arrive(browser, ann);
  const [withCyd, withBen, grant] = await movements(page);
  const choose = async (filter, choice, expected) => {
    await page.getByRole('combobox', { name: filter, exact: true }).selectOption(choice);
    await page.waitForFunction(
      (count) => document.querySelectorAll('.statement tbody tr').length === count,
      expected.length,
    );
    assert.deepEqual(await movements(page), expected);
  };
  await choose('What', 'Granted', [grant]);
  await choose('What', 'Spent', [withCyd, withBen]);
  await choose('With', ben.name, [withBen]);
  await choose('What', 'Everything', [withBen]);
  await choose('With', 'Everybody', [withCyd, withBen, grant]);
  // Whichever of the two is the later one.
  await page.getByLabel('Period').selectOption('Other days');
  await page.getByLabel('From', { exact: true }).fill(daysAhead(-1));
  await page.getByLabel('To', { exact: true }).fill(daysAhead(-3));
  await reads(page, 'No credits moved that fit what is chosen.');
  await page.getByLabel('To', { exact: true }).fill(daysAhead(0));
  assert.deepEqual(await movements(page), [withCyd, withBen, grant]);
});

test('what is chosen stands in the address, and is there again on the way back', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await page.getByRole('combobox', { name: 'With', exact: true }).selectOption(ben.name);
  await page.getByRole('combobox', { name: 'What', exact: true }).selectOption('Granted');
  await page.getByLabel('Period').selectOption('Last 7 days');
  await reads(page, 'No credits moved that fit what is chosen.');
  const chosen = () => chosenOf(page, ['Period', 'What', 'With']);
  await page.reload();
  await reads(page, 'No credits moved that fit what is chosen.');
  await page.getByRole('option', { name: ben.name }).waitFor({ state: 'attached' });
  assert.deepEqual(await chosen(), ['Last 7 days', 'Granted', ben.name]);
  await visit(page, 'Find');
  await page.getByRole('heading', { name: 'Find a colleague' }).waitFor();
  await page.goBack();
  await reads(page, 'No credits moved that fit what is chosen.');
  assert.deepEqual(await chosen(), ['Last 7 days', 'Granted', ben.name]);

  await page.getByLabel('Period').selectOption('Other days');
  await page.getByLabel('From', { exact: true }).fill(daysAhead(-3));
  await page.getByLabel('To', { exact: true }).fill(daysAhead(-1));
  await page.reload();
  await holds(page.getByLabel('From', { exact: true }), daysAhead(-3));
  await holds(page.getByLabel('To', { exact: true }), daysAhead(-1));
  await visit(page, 'Credits');
  await reads(page.locator('.statement'), 'For a test');
  assert.deepEqual(await chosen(), ['Last 90 days', 'Everything', 'Everybody']);
});

test('an address that says nothing sensible of it shows what the page opens with', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  const garbage = 'days=%E0%A4%A&kind=constructor&with=nobody';
  for (const [query, period, other] of [
    [garbage, 'Last 90 days', 'Everybody'],
    [`with=${ben.id}&days=all`, 'All', 'A colleague'],
    ['from=2026-02-30&to=yesterday', 'Other days', 'Everybody'],
  ]) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/credits?${query}`);
    await page.getByRole('option', { name: other, exact: true, selected: true }).waitFor({ state: 'attached' });
    await page.getByRole('option', { name: period, exact: true, selected: true }).waitFor({ state: 'attached' });
    assert.deepEqual(await chosenOf(page, ['Period', 'What', 'With']), [period, 'Everything', other]);
  }
});

test('a day is typed, figure by figure', async () => {
  const pat = await newPerson();
  const page = await arrive(browser, pat);
  await page.getByLabel('Period').selectOption('Other days');
  await page.getByLabel('From', { exact: true }).focus();
  await page.keyboard.type('11152025', { delay: 100 });
  await holds(page.getByLabel('From', { exact: true }), '2025-11-15');
  await page.waitForFunction(() => location.hash.includes('from=2025-11-15'));
});

test('all of it as a file, whether it is shown or not', async () => {
  const pat = await newPerson();
  await execute(`select peer_exchange.grant_credits('${pat.id}', 1, '=Grant, "' || number || '"')
                   from generate_series(1, 210) as number`);
  const page = await arrive(browser, pat);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^credits-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const [names, newest, ...lines] = text.split('\r\n');
  assert.equal(
    names,
    '\uFEFFat,type,credits,balance_after,held_after,owed_after,description,with,session_starts_at,session_minutes',
  );
  // A description is no formula.
  assert.match(newest, /^\S+\+00:00,bonus,1,210,0,0,"'=Grant, ""210""",,,$/);
  assert.deepEqual([lines.length, lines.at(-1)], [210, '']);
});

test('the chart tells every day of the period, in words, by keyboard and by touch', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann, { hasTouch: true });
  const drawing = page.getByRole('img', { name: 'Balance from' });
  assert.match(
    await drawing.getAttribute('aria-label'),
    /: 40 credits in the end, lowest 0, highest 40\.$/,
  );

  const day = page.getByRole('slider', { name: 'Day' });
  const told = () => day.getAttribute('aria-valuetext');
  assert.match(await told(), /: 40 credits\. That day you spent 60, got 100 besides\.$/);
  assert.equal(await day.getAttribute('max'), '90');
  await day.press('ArrowLeft');
  assert.match(await told(), /: 0 credits\.$/);
  await day.press('End');
  await reads(page, 'That day you spent 60');

  const { x, y, width, height } = await drawing.boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  assert.match(await told(), /: 0 credits\.$/);
  await page.touchscreen.tap(x + width - 14, y + height / 2);
  assert.match(await told(), /: 40 credits\./);

  await page.getByLabel('Period').selectOption('All');
  await page.waitForFunction(() => document.querySelector('input[type=range]')?.max === '398');
});

test('what is available, held, coming in and going out', async () => {
  const [ann, ben] = await newPair();
  await succeed(ann.client.rpc('request_peer_booking', booking(ann, ben)));
  const page = await arrive(browser, ann);
  const lines = page.getByRole('region', { name: 'Available' }).locator('dl div');
  await lines.first().waitFor();
  const figures = await lines.evaluateAll((rows) => rows.map((row) => row.innerText.split('\n')));
  assert.deepEqual(figures.slice(0, 3), [
    ['Held', '60'],
    ['Coming in', '0'],
    ['Going out', '60'],
  ]);
});

test('whoever has nothing yet is told so', async () => {
  const pat = await newPerson();
  const page = await arrive(browser, pat);
  await reads(page, '0 credits');
  await reads(page, 'No credits moved that fit what is chosen.');
});

/** Of each of these filters: what it shows as chosen. */
function chosenOf(page, filters) {
  return Promise.all(
    filters.map((name) =>
      page
        .getByRole('combobox', { name, exact: true })
        .evaluate((filter) => filter.selectedOptions[0]?.textContent),
    ),
  );
}

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
