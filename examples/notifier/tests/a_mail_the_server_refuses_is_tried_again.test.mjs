import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute, rows } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { refusal, startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgrest, until } from './lib/worker.mjs';

test('a mail that is refused waits for its next attempt, and the others are sent', async (t) => {
  await emptyTheOutbox();
  const [ann, ben] = await newPair();
  await book(ann, ben);
  let isFull = true;
  const smtp = await startSmtp(async (mail) => {
    if (isFull && mail.recipients.includes(ben.email)) throw refusal(452, 'Mailbox full');
  });
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgrest);
  t.after(worker.kill);
  const toldBen = () => rows(`select delivery_error, delivered_at, delivery_attempts, delivery_due_at > now() + interval '5 s' as waits
                                from public.notifications
                               where recipient_id = '${ben.id}' and type = 'peer_booking_confirmed_practitioner'`);
  await until(async () => (await toldBen()).every(({ delivery_error }) => delivery_error), 'it was refused');
  for (const notification of await toldBen()) {
    assert.match(notification.delivery_error, /452 Mailbox full/);
    assert.deepEqual([notification.delivered_at, notification.delivery_attempts, notification.waits], [null, 1, true]);
  }
  await until(() => smtp.mails.length === 1, 'Ann has hers');

  isFull = false;
  await execute(`update public.notifications set delivery_due_at = now() where recipient_id = '${ben.id}'`);
  await until(async () => (await toldBen()).every(({ delivered_at }) => delivered_at), 'Ben has his');
  for (const { delivery_error, delivery_attempts } of await toldBen()) {
    assert.deepEqual([delivery_error, delivery_attempts], [null, 2]);
  }
  assert.equal(smtp.mails.length, 2);
});

test('an address that contains several counts as none', async (t) => {
  await emptyTheOutbox();
  const [ann, ben] = await newPair();
  await execute(`update public.users set email = 'one@example.test, two@example.test' where id = '${ben.id}'`);
  await book(ann, ben);
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgrest);
  t.after(worker.kill);
  const errors = () => rows(`select delivery_error from public.notifications
                              where recipient_id = '${ben.id}' and type = 'peer_booking_confirmed_practitioner'`);
  await until(async () => (await errors()).every(({ delivery_error }) => delivery_error), 'it has failed');
  assert.deepEqual(await errors(), [{ delivery_error: 'the address is none' }]);
  await until(() => smtp.mails.length === 1, 'Ann has hers');
});
