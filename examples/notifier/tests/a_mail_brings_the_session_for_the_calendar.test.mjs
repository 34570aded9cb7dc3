import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, refund, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgrest, until } from './lib/worker.mjs';

/** Where mail programs look for it, and the file; both say the same. */
function calendarOf(mail) {
  const parts = mail.attachments.filter(({ mimeType }) => ['text/calendar', 'application/ics'].includes(mimeType));
  const contents = parts.map(({ content }) => new TextDecoder().decode(content).replaceAll('\r\n', '\n').trim());
  assert.equal(new Set(contents).size, 1);
  assert.deepEqual(parts.map(({ mimeType }) => mimeType).toSorted(), ['application/ics', 'text/calendar']);
  assert.equal(parts.find(({ mimeType }) => mimeType === 'application/ics').filename, 'session.ics');
  const [calendar] = contents;
  const property = (name) => new RegExp(`^${name}[:;](.*)$`, 'm').exec(calendar)?.[1];
  assert.equal(parts.find(({ mimeType }) => mimeType === 'text/calendar').method, property('METHOD'));
  return property;
}

test('what is booked and cancelled is the same event', async (t) => {
  await emptyTheOutbox();
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgrest);
  t.after(worker.kill);
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const told = async (count) => {
    await until(() => smtp.mails.length === count, `${count} mails came`);
    return smtp.mails.slice(-2).map(calendarOf);
  };
  const booked = await told(2);
  await succeed(refund(ann, session_id));
  const cancelled = await told(4);
  for (const property of [...booked, ...cancelled]) assert.ok(property('UID').startsWith(session_id), property('UID'));
  for (const property of booked) assert.equal(property('STATUS'), 'CONFIRMED');
  for (const property of cancelled) assert.equal(property('STATUS'), 'CANCELLED');
});
