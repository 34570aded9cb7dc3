import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, daysAhead } from '../../../tests/clients/lib/bookings.mjs';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { newPerson } from '../../../tests/clients/lib/people.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgres, throughPostgrest, until } from './lib/worker.mjs';

for (const [way, environment] of Object.entries({ throughPostgrest, throughPostgres })) {
  test(`each notification of a booking is sent to its recipient once (${way})`, async (t) => {
    await emptyTheOutbox();
    const smtp = await startSmtp();
    t.after(smtp.stop);
    const ann = await newPerson({ credits: 100, first_name: 'Ann' });
    const ben = await newPerson({ first_name: '<b>Ben</b>' });
    await book(ann, ben, { p_session_date: daysAhead(14) });
    const worker = await startWorker(smtp, environment);
    t.after(worker.kill);
    const told = () => rows(`select id, type, recipient_id, delivered_at, delivery_due_at, delivery_attempts
                               from public.notifications where recipient_id in ('${ann.id}', '${ben.id}')`);
    await until(async () => (await told()).every((notification) => notification.delivered_at), 'all are delivered');

    assert.equal(smtp.mails.length, 4);
    for (const notification of await told()) {
      const [mail, ...others] = smtp.mails.filter(({ messageId }) => messageId === `<${notification.id}@peer-exchange>`);
      assert.ok(mail, `${notification.type} was sent`);
      assert.deepEqual(others, []);
      const recipient = notification.recipient_id === ann.id ? ann : ben;
      assert.deepEqual(mail.recipients, [recipient.email]);
      assert.deepEqual(mail.to, [{ address: recipient.email, name: recipient.name }]);
      assert.deepEqual([notification.delivery_due_at, notification.delivery_attempts], [null, 1]);
    }

    const booked = smtp.mails.find(({ subject }) => subject === `Your session with ${ben.name} is booked`);
    assert.equal(booked.from.address, 'no-reply@example.test');
    const day = new Date(daysAhead(14)).toLocaleDateString('en', { dateStyle: 'full', timeZone: 'UTC' });
    assert.equal(
      booked.text.trim(),
      `Hello ${ann.name},\n\nyour 60-minute session with ${ben.name} is on ${day} at 10:00.\n\nIt costs 60 credits.`,
    );
    const name = ben.name.replace('<b>Ben</b>', '&lt;b&gt;Ben&lt;/b&gt;');
    assert.ok(booked.html.includes(`<p>your 60-minute session with ${name} is on ${day} at 10:00.</p>`));
    assert.ok(!booked.html.includes('<b>Ben'));
  });
}
