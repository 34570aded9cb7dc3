import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { book, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { execute, value } from '../../../tests/clients/lib/database.mjs';
import { accountOf, statusOf } from '../../../tests/clients/lib/ledger.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { launch, visit } from './lib/browser.mjs';
import { arrive, choose, confirm, dialog, reads } from './lib/steps.mjs';

const browser = await launch();
before(() => settle(`set peer_exchange.settlement = 'completion'`));
after(() => Promise.all([browser.close(), settle('reset peer_exchange.settlement')]));

test('a booking says so, both see what is held, and it is paid when the practitioner says that it took place', async () => {
  const [ann, ben] = await newPair();
  const anns = await arrive(browser, ann);
  await choose(anns, ben, '10:00');
  await confirm(anns, 'Book for 60 credits');
  await reads(dialog(anns), '60 credits are held until it has taken place, and you have 40 left.');
  await dialog(anns).getByRole('link', { name: 'See your sessions' }).click();
  await reads(anns, '60 credits held');
  await visit(anns, 'Credits');
  await reads(anns.getByRole('region', { name: 'Available' }), '40 credits');

  await haveBegun(ann);
  const bens = await arrive(browser, ben);
  await reads(bens.getByRole('region', { name: 'Available' }), 'Coming in');
  await visit(bens, 'Sessions');
  await bens.getByRole('button', { name: `Done with the session with ${ann.name}` }).click();
  await reads(dialog(bens), 'You get 60 credits.');
  await confirm(bens, 'It took place');
  await reads(dialog(bens), 'You have earned 60 credits.');
  assert.deepEqual([(await accountOf(ann)).balance, (await accountOf(ben)).balance], [40, 60]);
});

test('a practitioner contradicts that she did not come, and hears that somebody will decide', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await haveBegun(ann);
  await succeed(ann.client.rpc('report_peer_no_show', { p_session_id: session_id }));
  const page = await arrive(browser, ben);
  await visit(page, 'Sessions');
  await page.getByRole('button', { name: `Done with the session with ${ann.name}` }).click();
  await reads(dialog(page), `${ann.name} has said otherwise`);
  await confirm(page, 'It took place');
  await reads(dialog(page), 'You two disagree.');
  assert.equal(await statusOf(session_id), 'disputed');
});

/** The application sets this client's session back: it began half an hour ago. */
function haveBegun(client) {
  return execute(`update public.client_sessions
                     set session_date = (now() at time zone 'UTC' - interval '30 minutes')::date,
                         start_time = (now() at time zone 'UTC' - interval '30 minutes')::time(0)
                   where client_id = '${client.id}'`);
}

/** Connections that are open keep the settings that they began with. */
async function settle(change) {
  const database = await value('select current_database()');
  await execute(`alter database ${database} ${change}`);
  await execute(`select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()`);
}
