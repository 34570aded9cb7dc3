import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { balanceOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('a client moves a session, and nothing is paid again', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const page = await moving(ann, ben, daysAhead(16), '14:30');
  await reads(dialog(page), 'Your session is on');
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(16), start_time: '14:30:00' });
  assert.equal(await balanceOf(ann), 40);
});

test('a time that is taken is refused in a sentence, and another one can be tried', async () => {
  const [[ann, ben], cyd] = await Promise.all([newPair(), newPerson({ credits: 60 })]);
  const { session_id } = await book(ann, ben);
  await book(cyd, ben, { p_start_time: '14:00' });
  const page = await moving(ann, ben, daysAhead(14), '14:30');
  await reads(dialog(page).getByRole('alert'), 'This time is taken.');
  await dialog(page).getByLabel('Start').fill('15:00');
  await confirm(page, 'Move the session');
  await reads(dialog(page), 'Your session is on');
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(14), start_time: '15:00:00' });
});

test('a session at an odd minute is moved by days, and the new time is told before it is asked for', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben, { p_start_time: '13:59' });
  const page = await arrive(browser, ann, { timezoneId: 'Asia/Kolkata' });
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Move the session with ${ben.name}` }).click();
  await dialog(page).getByLabel('New date').fill(daysAhead(16));
  await reads(dialog(page), /^Then .*, 19:29–20:29 your time \(13:59 UTC\)$/);
  await confirm(page, 'Move the session');
  await reads(dialog(page), /Your session is on .*, 19:29–20:29 your time \(13:59 UTC\) now\./);
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(16), start_time: '13:59:00' });
});

async function moving(person, other, date, time) {
  const page = await arrive(browser, person);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Move the session with ${other.name}` }).click();
  await dialog(page).getByLabel('New date').fill(date);
  await dialog(page).getByLabel('Start').fill(time);
  await confirm(page, 'Move the session');
  return page;
}

async function timeOf(sessionId) {
  const [time] = await rows(
    `select session_date, start_time from public.client_sessions where id = '${sessionId}'`,
  );
  return time;
}
