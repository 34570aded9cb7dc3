import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ask, book, daysAhead, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

const DAY = daysAhead(14);

test('she publishes weekly hours and closes a date, and is told which sessions stay', async () => {
  const [ann, ben] = await newPair();
  await book(ann, ben, { p_start_time: '22:00' });
  const page = await open(ben);
  const hours = page.getByRole('region', { name: 'Working hours' });
  await reads(hours, 'You publish no weekly hours.');
  await hours.getByRole('button', { name: 'Publish weekly hours' }).click();
  await hours.getByRole('button', { name: 'Add hours to Saturday' }).click();
  await hours.getByLabel('Saturday, from').fill('10:00');
  await hours.getByLabel('Saturday, to').fill('14:00');
  await hours.getByRole('button', { name: 'Remove 09:00 to 17:00 of Friday' }).click();
  await hours.getByLabel('Your time zone').fill('Europe/Madrid');
  await hours.getByLabel('Date', { exact: true }).fill(DAY);
  await hours.getByRole('button', { name: 'Close on this date' }).click();
  await hours.getByRole('button', { name: 'Publish these hours' }).click();
  await reads(hours, 'Your hours are published.');
  await reads(hours, 'One session of yours would not fit these hours, and stays as booked:');
  await reads(hours, ann.name);
  const { working_hours, timezone } = await succeed(ben.client.rpc('get_my_practice'));
  assert.equal(timezone, 'Europe/Madrid');
  assert.deepEqual(working_hours.saturday.hours, [{ start: '10:00', end: '14:00' }]);
  assert.deepEqual([working_hours.friday.enabled, working_hours.exceptions], [false, { [DAY]: [] }]);

  // As others see it, and as she sees it again.
  await page.reload();
  await reads(hours, 'Closed');
  assert.equal(await hours.getByLabel('Saturday, to').inputValue(), '14:00');
});

test('hours that nobody knows are turned away in a sentence', async () => {
  const ben = await newPerson();
  const page = await open(ben);
  const hours = page.getByRole('region', { name: 'Working hours' });
  await hours.getByLabel('Your time zone').fill('Mars/Base');
  await hours.getByRole('button', { name: 'Publish these hours' }).click();
  await hours.getByRole('alert').waitFor();
});

test('she blocks a time by her own clock and takes it back', async () => {
  const [ann, ben] = await newPair();
  await succeed(ben.client.rpc('set_working_hours', { p_working_hours: {}, p_timezone: 'Asia/Tokyo' }));
  await book(ann, ben, { p_start_time: '10:00' });
  const page = await open(ben);
  const off = page.getByRole('region', { name: 'Time off' });
  await off.getByLabel('From (Tokyo time)').fill(`${DAY}T09:00`);
  await off.getByLabel('To (Tokyo time)').fill(`${DAY}T09:00`);
  await reads(off, 'The end must be after the start.');
  await off.getByLabel('To (Tokyo time)').fill(`${DAY}T12:00`);
  await off.getByLabel('What for').fill('Training');
  await off.getByRole('button', { name: 'Block this time' }).click();
  await reads(off, 'Nobody can book you then.');
  await reads(off, 'One session of yours lies within it, and stays as booked:');
  const { blocks } = await succeed(ben.client.rpc('get_my_practice'));
  assert.deepEqual(
    blocks.map(({ title, starts_at }) => [title, starts_at]),
    [['Training', `${DAY}T00:00:00+00:00`]],
  );
  await off.getByRole('button', { name: 'Remove Training' }).click();
  await reads(off, 'Nothing is blocked.');
});

test('she says what cancelling costs, what she offers and how she is found', async () => {
  const ben = await newPerson();
  const page = await open(ben);
  const policy = page.getByRole('region', { name: 'When a client cancels' });
  await policy.getByLabel('I have a policy of my own').check();
  await policy.getByLabel('All of it until').fill('48');
  await policy.getByRole('button', { name: 'Save the policy' }).click();
  await reads(policy, 'This holds from now on.');
  await reads(policy, 'All credits go back until 48 hours before it and 50 % until 12 hours before it; nothing after that.');

  const offers = page.getByRole('region', { name: 'What you offer' });
  await offers.getByRole('button', { name: 'Offer something new' }).click();
  await dialog(page).getByLabel('Name').fill('Deep tissue');
  await dialog(page).getByLabel('Minutes').fill('90');
  await dialog(page).getByLabel('Credits').fill('120');
  await confirm(page, 'Save');
  await reads(offers, '90 minutes, for 120 credits');
  await offers.getByRole('button', { name: 'Change Deep tissue' }).click();
  await dialog(page).getByLabel('Can be booked').uncheck();
  await confirm(page, 'Save');
  await reads(offers, 'not offered now');

  const profile = page.getByRole('region', { name: 'How colleagues find you' });
  await profile.getByLabel('Place').fill('Leeds');
  await profile.getByLabel('Where you give sessions').fill('12 Mill Lane, Leeds');
  await profile.getByLabel('What you are good at').fill('knees,  backs , ');
  await profile.getByRole('button', { name: 'Save the profile' }).click();
  await reads(profile, 'Your profile is saved.');
  const practice = await succeed(ben.client.rpc('get_my_practice'));
  assert.deepEqual(
    [practice.location, practice.visit_address, practice.specializations],
    ['Leeds', '12 Mill Lane, Leeds', ['knees', 'backs']],
  );
});

test('she sees her requests there and what is to come, and accepts one', async () => {
  const [ann, ben] = await newPair();
  await ask(ann, ben);
  const page = await open(ben);
  await reads(page.getByRole('region', { name: 'What is to come' }), '1 request waits for your answer.');
  await page.getByRole('button', { name: `Accept the request of ${ann.name}` }).click();
  await confirm(page, 'Accept');
  await confirm(page, 'Done');
  await reads(page, 'Nobody waits for your answer.');
});

/** Her practice, which the navigation leads to. */
async function open(person) {
  const page = await arrive(browser, person);
  await visit(page, 'My practice');
  await page.getByRole('heading', { name: 'How colleagues find you' }).waitFor();
  return page;
}
