import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { execute, rows } from '../../../tests/clients/lib/database.mjs';
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
  await confirm(page, 'Move the session');
  await reads(dialog(page), 'Your session is on');
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(16), start_time: '14:30:00' });
  assert.equal(await balanceOf(ann), 40);
});

test('a time that is chosen stays so while other weeks are looked at', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const page = await moving(ann, ben, daysAhead(16), '14:30');
  const then = dialog(page).getByText(/^Then .*, 14:30–15:30 your time$/);
  await then.waitFor();
  await confirm(page, 'Later');
  await dialog(page).getByRole('button', { name: 'Move to 14:30 on' }).first().waitFor();
  await then.waitFor();
  await dialog(page).getByLabel('From').fill(daysAhead(20));
  await confirm(page, 'Move the session');
  await reads(dialog(page), 'Your session is on');
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(16), start_time: '14:30:00' });
});

test('what is taken is not offered, but for its own time', async () => {
  const [[ann, ben], cyd] = await Promise.all([newPair(), newPerson({ credits: 60 })]);
  await book(ann, ben, { p_start_time: '10:00' });
  await book(cyd, ben, { p_start_time: '14:00' });
  const page = await moving(ann, ben, daysAhead(14), '10:30');
  const offers = (time) => dialog(page).getByRole('button', { name: `Move to ${time} on` });
  const [first, second] = await Promise.all([offers('14:30').count(), offers('15:00').count()]);
  // Each time is there on seven days, 14:30 on six of them.
  assert.deepEqual([first, second], [6, 7]);
});

test('a time that somebody takes meanwhile is refused in a sentence, and another one can be chosen', async () => {
  const [[ann, ben], cyd] = await Promise.all([newPair(), newPerson({ credits: 60 })]);
  const { session_id } = await book(ann, ben);
  const page = await moving(ann, ben, daysAhead(14), '14:30');
  await book(cyd, ben, { p_start_time: '14:00' });
  await confirm(page, 'Move the session');
  await reads(dialog(page).getByRole('alert'), 'This time is taken.');
  await confirm(page, 'Show free times');
  await target(page, '15:00').click();
  await confirm(page, 'Move the session');
  await reads(dialog(page), 'Your session is on');
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(14), start_time: '15:00:00' });
});

test('the practitioner moves it, too, and both clocks are told before it is asked for', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben, { p_start_time: '13:59' });
  const page = await moving(ben, ann, daysAhead(16), '19:30', { timezoneId: 'Asia/Kolkata' });
  await reads(dialog(page), /^Then .*, 19:30–20:30 your time \(14:00 UTC\)$/);
  await confirm(page, 'Move the session');
  await reads(dialog(page), /Your session is on .*, 19:30–20:30 your time \(14:00 UTC\) now\./);
  assert.deepEqual(await timeOf(session_id), { session_date: daysAhead(16), start_time: '14:00:00' });
});

test('where it can be moved no more, its card says why', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.cancellation_policies (practitioner_id, full_refund_hours) values ('${ben.id}', 1000)`);
  await book(ann, ben);
  const page = await arrive(browser, ann);
  await visit(page, 'Sessions');
  await reads(page, /^It is too late to move this session: .*\.$/);
  assert.equal(await page.getByRole('button', { name: 'Move the session' }).count(), 0);
});

/** The dialog, with another time chosen. */
async function moving(person, other, date, time, settings) {
  const page = await arrive(browser, person, settings);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Move the session with ${other.name}` }).click();
  await dialog(page).getByLabel('From').fill(date);
  await target(page, time).click();
  return page;
}

/** The first offer of this time. */
function target(page, time) {
  return dialog(page).getByRole('button', { name: `Move to ${time} on` }).first();
}

async function timeOf(sessionId) {
  const [time] = await rows(
    `select session_date, start_time from public.client_sessions where id = '${sessionId}'`,
  );
  return time;
}
