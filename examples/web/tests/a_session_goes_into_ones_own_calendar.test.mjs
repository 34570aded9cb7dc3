import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

/** The link's address, in its parts. */
const addressOf = async (place, name) =>
  new URL(await place.getByRole('link', { name }).getAttribute('href'));

test('as a file, or by a link to a calendar on the web, from the booking and from the list', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  await confirm(page, 'Book for 60 credits');
  await reads(dialog(page), 'You paid 60 credits');
  for (const place of [dialog(page), page.getByRole('region', { name: 'Upcoming' })]) {
    await place.getByText('Add to calendar').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      place.getByRole('button', { name: 'Calendar file (.ics)' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'session.ics');
    const file = await readFile(await download.path(), 'utf8');
    assert.match(file, /^BEGIN:VCALENDAR\r\n/);
    assert.ok(file.includes(`SUMMARY:Session with ${ben.name}\r\n`));
    const google = await addressOf(place, 'Google Calendar');
    assert.equal(google.searchParams.get('text'), `Session with ${ben.name}`);
    assert.match(google.searchParams.get('dates'), /^\d{8}T100000Z\/\d{8}T110000Z$/);
    const outlook = await addressOf(place, 'Outlook');
    assert.match(outlook.searchParams.get('startdt'), /T10:00:00\.000Z$/);
    if ((await dialog(page).count()) > 0)
      await dialog(page).getByRole('link', { name: 'See your sessions' }).click();
  }
});

test('all of them by a private address, until it is revoked', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await visit(page, 'Sessions');
  const feed = page.getByRole('region', { name: 'In your own calendar' });
  await feed.getByRole('button', { name: 'Make a private address' }).click();
  await reads(feed, 'It is shown only now');
  const address = await feed.getByRole('textbox', { name: 'Your calendar address' }).inputValue();
  const calendar = await fetch(address);
  assert.equal(calendar.status, 200);
  assert.match(calendar.headers.get('content-type'), /^text\/calendar/);
  assert.ok((await calendar.text()).includes(`SUMMARY:Session with ${ben.name}`));
  assert.equal((await addressOf(feed, 'Subscribe')).protocol, 'webcal:');

  await page.reload();
  await visit(page, 'Sessions');
  await reads(feed, 'there is a private address');
  assert.equal(await feed.getByRole('textbox').count(), 0);
  await feed.getByRole('button', { name: 'Make a new address' }).click();
  await reads(feed, 'It is shown only now');
  assert.equal((await fetch(address)).status, 404);
  const second = await feed.getByRole('textbox', { name: 'Your calendar address' }).inputValue();
  assert.equal((await fetch(second)).status, 200);
  await feed.getByRole('button', { name: 'Revoke the address' }).click();
  await feed.getByRole('button', { name: 'Make a private address' }).waitFor();
  assert.equal((await fetch(second)).status, 404);
});
