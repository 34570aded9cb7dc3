import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgres, until } from './lib/worker.mjs';

test('a booking is told at once, long before the worker would look again', async (t) => {
  await emptyTheOutbox();
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, { ...throughPostgres, NOTIFIER_POLL_SECONDS: '3600' });
  t.after(worker.kill);
  const [ann, ben] = await newPair();
  await book(ann, ben);
  await until(() => smtp.mails.length === 2, 'two mails came');

  // It also ends at once, and of itself.
  const [code] = await worker.stop();
  assert.equal(code, 0);
});
