import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { newPerson } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgres, throughPostgrest, until } from './lib/worker.mjs';

for (const [way, environment] of Object.entries({ throughPostgrest, throughPostgres })) {
  test(`each of the two is sent one mail of a booking (${way})`, async (t) => {
    await emptyTheOutbox();
    const smtp = await startSmtp();
    t.after(smtp.stop);
    const ann = await newPerson({ credits: 100, first_name: 'Ann' });
    const ben = await newPerson({ first_name: '<b>Ben</b>' });
    await book(ann, ben);
    const worker = await startWorker(smtp, environment);
    t.after(worker.kill);
    const told = () => rows(`select id, type, recipient_id, delivered_at, delivery_due_at, delivery_attempts, delivery_error
                               from public.notifications where recipient_id in ('${ann.id}', '${ben.id}')`);
    await until(async () => (await told()).every(({ delivery_due_at }) => !delivery_due_at), 'nothing is due any more');

    assert.equal(smtp.mails.length, 2);
    for (const { id, type, recipient_id, delivered_at, delivery_attempts, delivery_error } of await told()) {
      const mails = smtp.mails.filter(({ messageId }) => messageId === `<${id}@peer-exchange>`);
      if (type.startsWith('peer_credits_')) {
        assert.deepEqual([delivered_at, delivery_error, mails], [null, 'told together', []]);
        continue;
      }
      const recipient = recipient_id === ann.id ? ann : ben;
      assert.deepEqual([mails.length, delivery_attempts, delivery_error], [1, 1, null]);
      assert.deepEqual(mails[0].recipients, [recipient.email]);
      assert.deepEqual(mails[0].to, [{ address: recipient.email, name: recipient.name }]);
    }

    const booked = smtp.mails.find(({ subject }) => subject === `Your session with ${ben.name} is booked`);
    assert.equal(booked.from.address, 'no-reply@example.test');
    const [greeting, said, facts] = booked.text.trim().split('\n\n');
    assert.deepEqual([greeting, said], [`Hello ${ann.name},`, `your 60-minute session with ${ben.name} is booked.`]);
    assert.match(facts, /^When: \w+ \d+ \w+( \d+)?, 10:00–11:00 UTC\n/);
    assert.match(facts, /\nPaid: 60 credits\nYour balance: 40 credits$/);
    const name = ben.name.replace('<b>Ben</b>', '&lt;b&gt;Ben&lt;&#x2F;b&gt;');
    assert.ok(booked.html.includes(`your 60-minute session with ${name} is booked.</p>`), booked.html);
    assert.ok(!booked.html.includes('<b>Ben'));
  });
}
