import { after, test } from 'node:test';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch } from './lib/browser.mjs';
import { arrive, choose, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('a policy is told as moments on both clocks', async () => {
  const [ann, ben] = await newPair();
  await execute(`insert into public.cancellation_policies
    (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent) values ('${ben.id}', 24, 12, 50)`);
  const page = await arrive(browser, ann, { timezoneId: 'Asia/Kolkata' });
  await choose(page, ben, '15:30');
  const terms = dialog(page).getByRole('list', { name: 'If you cancel' });
  await reads(terms, /^Free to cancel until \w+ \d+ \w+, \d\d:\d\d your time \(\d\d:\d\d UTC\)$/);
  await reads(terms, /^50 % \(30 credits\) come back until \w+ \d+ \w+, \d\d:\d\d your time \(.*\d\d:\d\d UTC\)$/);
  await reads(terms, 'Nothing comes back after that');
});

test('where all comes back until the start, so does the dialog say', async () => {
  const [ann, ben] = await newPair();
  const page = await arrive(browser, ann);
  await choose(page, ben, '10:00');
  await reads(dialog(page), 'Free to cancel until it begins');
});
