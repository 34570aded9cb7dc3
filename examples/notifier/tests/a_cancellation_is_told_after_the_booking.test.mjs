import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, refund, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { execute, rows } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { refusal, startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgrest, until } from './lib/worker.mjs';

test('what tells of a booking was refused once: the cancellation waits for it', async (t) => {
  await emptyTheOutbox();
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await succeed(refund(ann, session_id));
  const tried = [];
  let isFull = true;
  const smtp = await startSmtp(async (mail) => {
    tried.push(mail.subject);
    if (isFull) throw refusal(452, 'Mailbox full');
  });
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgrest);
  t.after(worker.kill);
  const told = () => rows(`select type, delivery_error is not null as has_failed, delivered_at is not null as is_delivered
                             from public.notifications
                            where recipient_id in ('${ann.id}', '${ben.id}') and type like 'peer\\_booking%'`);
  await until(async () => (await told()).filter(({ has_failed }) => has_failed).length === 2, 'the booking was refused');
  assert.equal(tried.length, 2);
  assert.ok(!tried.some((subject) => /cancelled/i.test(subject)), tried.join('; '));

  isFull = false;
  await execute(`update public.notifications set delivery_due_at = now() where delivery_error is not null`);
  await until(async () => (await told()).every(({ is_delivered }) => is_delivered), 'everything is delivered');
  for (const person of [ann, ben]) {
    const subjects = smtp.mails.filter(({ recipients }) => recipients.includes(person.email)).map(({ subject }) => subject);
    assert.equal(subjects.length, 2);
    assert.match(subjects.at(-1), /cancelled/i);
  }
});
