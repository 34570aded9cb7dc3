import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgrest, until } from './lib/worker.mjs';

test('every notification is delivered at least once, and duplicates have one Message-ID', async (t) => {
  await emptyTheOutbox();
  const [ann, ben] = await newPair({ credits: 100 });
  await book(ann, ben, { p_start_time: '08:00', p_duration_minutes: 20 });
  await book(ann, ben, { p_start_time: '09:00', p_duration_minutes: 20 });

  // Killed when the third mail is with the server, and the worker has not been told yet.
  let victim;
  const smtp = await startSmtp(async (_mail, count) => {
    if (count === 3) await victim.kill();
  });
  t.after(smtp.stop);
  victim = await startWorker(smtp, { ...throughPostgrest, NOTIFIER_LEASE_SECONDS: '4' });
  t.after(victim.kill);
  await until(() => smtp.mails.length === 3, 'it was killed');

  const heir = await startWorker(smtp, { ...throughPostgrest, NOTIFIER_LEASE_SECONDS: '4' });
  t.after(heir.kill);
  const told = () => rows(`select id, delivered_at, delivery_attempts from public.notifications
                            where recipient_id in ('${ann.id}', '${ben.id}') and type like 'peer\\_booking%'`);
  await until(async () => (await told()).every((notification) => notification.delivered_at), 'all are delivered');

  const sent = smtp.mails.map(({ messageId }) => messageId);
  const expected = (await told()).map(({ id }) => `<${id}@peer-exchange>`);
  assert.deepEqual(new Set(sent), new Set(expected));
  // Exactly the one that was under way came twice.
  assert.equal(expected.length, 4);
  assert.equal(sent.length, 5);
  assert.equal(sent.filter((messageId) => messageId === sent[2]).length, 2);
  assert.ok((await told()).some(({ delivery_attempts }) => delivery_attempts === 2));
});
