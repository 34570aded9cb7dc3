import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, refund, succeed } from '../../../tests/clients/lib/bookings.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgres, until } from './lib/worker.mjs';

test('the practitioner is told until when to answer, and the client what is free again', async (t) => {
  await emptyTheOutbox();
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgres);
  t.after(worker.kill);
  const [ann, ben] = await newPair();
  const mailTo = async (person) => {
    await until(() => smtp.mails.some(({ recipients }) => recipients.includes(person.email)), 'a mail came');
    return smtp.mails.find(({ recipients }) => recipients.includes(person.email));
  };

  const { session_id } = await ask(ann, ben);
  const asked = await mailTo(ben);
  assert.equal(asked.subject, `${ann.name} asks for a session with you`);
  assert.match(asked.text, / The credits are held until you accept or decline\.\n/);
  assert.match(asked.text, /\nYou would earn: 60 credits\nPlease answer by: \w+ \d+ \w+( \d+)?, \d\d:\d\d UTC\n/);

  await succeed(refund(ben, session_id, 'I am away'));
  const declined = await mailTo(ann);
  assert.equal(declined.subject, `${ben.name} has declined your request`);
  assert.match(declined.text, /\nReason: I am away\nFree again: 60 credits\nYour balance: 100 credits\n/);
});
