import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { book, daysAhead, refund, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair, newPerson } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, dialog, offer, reads } from './lib/steps.mjs';

const browser = await launch();
after(() => browser.close());

test('with place, contact, notes and history, and another one can be booked from there', async () => {
  const [ann, ben] = await newPair({ credits: 200 });
  await execute(`update public.users set visit_address = '12 Mill Lane, Leeds' where id = '${ben.id}'`);
  const { session_id } = await book(ann, ben, { p_notes: 'Left shoulder' });
  await succeed(
    ann.client.rpc('reschedule_peer_booking', {
      p_session_id: session_id,
      p_session_date: daysAhead(15),
      p_start_time: '11:30',
    }),
  );
  const page = await arrive(browser, ann);
  await visit(page, 'Sessions');
  await page.getByRole('listitem').filter({ hasText: '12 Mill Lane, Leeds' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: `massage from ${ben.name}` }).waitFor();
  const session = page.getByRole('region', { name: 'This session' });
  for (const told of ['12 Mill Lane, Leeds', ben.email, 'Left shoulder', 'You pay 60 credits']) await reads(session, told);
  const history = page.getByRole('region', { name: 'What has happened' });
  for (const told of ['You booked it', '60 credits paid', /^You moved it from .*10:00.* to .*11:30/]) await reads(history, told);

  await session.getByRole('link', { name: `Book ${ben.name} again` }).click();
  await page.getByRole('heading', { name: `Free times of ${ben.name}` }).waitFor();
  await offer(page, '09:00').click();
  assert.equal(await dialog(page).getByLabel('What for').inputValue(), 'massage');
});

test('what is done there shows there, and a notification leads there', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const page = await arrive(browser, ben);
  await go(page, `session/${session_id}`);
  await page.getByRole('button', { name: `Cancel the session with ${ann.name}` }).click();
  await dialog(page).getByRole('button', { name: 'Cancel the session' }).click();
  await reads(page.getByRole('region', { name: 'What has happened' }), 'You cancelled it');
  const other = await arrive(browser, ann);
  await visit(other, 'Notifications');
  await other.getByRole('link', { name: 'See the session: Session cancelled' }).click();
  await reads(other.getByRole('region', { name: 'What has happened' }), `${ben.name} cancelled it`);
});

test('to anybody else there is none', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await refund(ann, session_id);
  const page = await arrive(browser, await newPerson());
  await go(page, `session/${session_id}`);
  await reads(page, 'This session is not among yours');
});

function go(page, address) {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${address}`);
}
