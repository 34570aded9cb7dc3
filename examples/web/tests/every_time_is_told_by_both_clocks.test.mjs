import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, confirm, dialog, offer, reads, seeFreeTimes } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

/** Readers whose clocks never change, like that of the practitioner: half past three in the afternoon in Tokyo. */
const READERS = [
  { timezoneId: 'Asia/Kolkata', told: `${short(15)}, 12:00–13:00 your time (15:30 in Tokyo)` },
  { timezoneId: 'Pacific/Honolulu', told: `${short(14)}, 20:30–21:30 your time (${short(15)}, 15:30 in Tokyo)` },
  { timezoneId: 'Asia/Tokyo', told: `${short(15)}, 15:30–16:30 your time` },
];

for (const { timezoneId, told } of READERS) {
  test(`in ${timezoneId} free times, dialogs, sessions, notifications and the statement say the same`, async () => {
    const [ann, ben] = await newPair();
    await publish(ben, 'Asia/Tokyo');
    const page = await arrive(browser, ann, { timezoneId });
    await seeFreeTimes(page, ben);
    const [, date, time] = told.match(/^\w+ (\d+ \w+), (\d\d:\d\d)/);
    await page
      .locator('.days section', { hasText: new RegExp(`\\b${date}`) })
      .getByRole('button', { name: `Book ${time} on` })
      .click();
    await reads(dialog(page), told);
    await confirm(page, 'Book for 60 credits');
    await reads(dialog(page), `expects you on ${told}.`);

    await dialog(page).getByRole('link', { name: 'See your sessions' }).click();
    const session = page.getByRole('region', { name: 'Upcoming' });
    await reads(session, told);
    for (const what of ['Move', 'Cancel']) {
      await session.getByRole('button', { name: `${what} the session` }).click();
      await reads(dialog(page), told);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
    }

    await visit(page, /^Notifications/);
    await reads(page, `Your 60-minute session with ${ben.name} on ${told} is booked.`);
    await visit(page, 'Credits');
    await reads(page.locator('.statement'), told.replace(/–\d\d:\d\d/, ''));
    await visit(page, 'Find');
    await page.getByLabel('Name, place or specialization').fill(ben.name);
    await reads(page.locator('.practitioner'), /Next free .* your time/);
  });
}

test('a day between two clocks is said, though both show the same time of the day', async () => {
  const [ann, ben] = await newPair();
  await publish(ben, 'Pacific/Kiritimati');
  await book(ann, ben);
  const page = await arrive(browser, ann, { timezoneId: 'Pacific/Honolulu' });
  await visit(page, 'Sessions');
  await reads(page, `${short(13)}, 10:00–11:00 your time (${short(14)}, 10:00 in Kiritimati)`);
});

test('a session over midnight names both days', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben, { p_start_time: '23:30' });
  const page = await arrive(browser, ann);
  await visit(page, 'Sessions');
  await reads(page, `${short(14)}, 23:30 – ${short(15)}, 00:30 your time`);
});

test('free times are listed under the reader’s days, or by a switch under the practitioner’s', async () => {
  const [ann, ben] = await newPair();
  await publish(ben, 'Asia/Tokyo', { start: '01:00', end: '03:00' });
  const page = await arrive(browser, ann, { timezoneId: 'Pacific/Honolulu', viewport: { width: 360, height: 740 } });
  await seeFreeTimes(page, ben);
  await offer(page, '06:00').waitFor();
  const days = page.locator('.days h2');
  assert.equal(await days.count(), 7);
  const mine = await days.first().innerText();
  await page.getByLabel('Times by').selectOption('your colleague’s clock (Tokyo time)');
  await offer(page, '01:00').waitFor();
  assert.deepEqual([await days.count(), await days.first().innerText()], [7, mine]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await offer(page, '01:00').click();
  await reads(dialog(page), `${short(13)}, 06:00–07:00 your time (${short(14)}, 01:00 in Tokyo)`);
});

test('where the two clocks agree there is nothing to switch', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await seeFreeTimes(page, ben);
  await offer(page, '10:00').waitFor();
  assert.equal(await page.getByLabel('Times by').count(), 0);
});

/** Thu 26 Nov; with its year where that is not this one. */
function short(days) {
  const day = new Date(daysAhead(days));
  const year = day.getUTCFullYear() === new Date().getUTCFullYear() ? {} : { year: 'numeric' };
  return day
    .toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', ...year, timeZone: 'UTC' })
    .replace(',', '');
}

/** Whole days but for its last minutes, unless told otherwise. */
function publish({ id }, timezone, hours = { start: '00:00', end: '23:59' }) {
  return execute(`insert into public.practitioner_availability (user_id, timezone, working_hours)
    select '${id}', '${timezone}', jsonb_object_agg(weekday, '${JSON.stringify(hours)}'::jsonb)
      from unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) as weekday`);
}
