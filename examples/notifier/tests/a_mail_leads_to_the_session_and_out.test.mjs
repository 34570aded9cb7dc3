import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { linksFrom } from '../links.mjs';
import { mailOf } from './lib/mails.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgres, until } from './lib/worker.mjs';

/** Where its links lead, as a mail program reads them. */
function hrefs(html) {
  const read = (link) => link.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  return Array.from(html.matchAll(/href="([^"]*)"/g), ([, link]) => read(link));
}

const header = (mail, name) => mail.headers.find(({ key }) => key === name)?.value;

test('a mail has a link to its session, and a way to say that one wants no more', async (t) => {
  await emptyTheOutbox();
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, {
    ...throughPostgres,
    NOTIFIER_SESSION_URL: 'https://app.example.test/#/session/{session_id}',
    NOTIFIER_UNSUBSCRIBE_URL: 'https://app.example.test/unsubscribe?of={notification_id}&type={type}',
    NOTIFIER_UNSUBSCRIBE_POST_URL: 'https://api.example.test/unsubscribe/{notification_id}',
    NOTIFIER_UNSUBSCRIBE_MAIL: 'unsubscribe@example.test',
  });
  t.after(worker.kill);
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await until(() => smtp.mails.length === 2, 'two mails came');
  const [{ id }] = await rows(`select id from public.notifications
                                where recipient_id = '${ann.id}' and type = 'peer_booking_confirmed_client'`);
  const mail = smtp.mails.find(({ recipients }) => recipients.includes(ann.email));
  assert.ok(mail.text.includes(`\nOpen the session: https://app.example.test/#/session/${session_id}\n`), mail.text);
  const wayOut = `https://app.example.test/unsubscribe?of=${id}&type=peer_booking_confirmed_client`;
  assert.ok(mail.text.includes(`\nNo more of these mails: ${wayOut}\n`));
  assert.deepEqual(hrefs(mail.html), [`https://app.example.test/#/session/${session_id}`, wayOut]);
  assert.equal(
    header(mail, 'list-unsubscribe'),
    `<mailto:unsubscribe@example.test?subject=unsubscribe%20${id}>, <https://api.example.test/unsubscribe/${id}>`,
  );
  assert.equal(header(mail, 'list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
});

test('one click is offered only where something can be posted, by a secure connection', () => {
  const { headers } = mailOf({}, { unsubscribeUrl: 'https://app.example.test/unsubscribe' });
  assert.equal(headers['List-Unsubscribe'], '<https://app.example.test/unsubscribe>');
  assert.equal(headers['List-Unsubscribe-Post'], undefined);
  assert.throws(() => linksFrom({ unsubscribePostUrl: 'http://api.example.test/' }), /https/);
});

test('without these settings a mail leads nowhere', () => {
  const { text, html, headers } = mailOf({});
  assert.doesNotMatch(text + html, /https?:/);
  assert.equal(headers['List-Unsubscribe'], undefined);
});

test('what tells of no session leads to none', () => {
  const { text } = mailOf({ payload: null, type: 'news' }, { sessionUrl: 'https://app.example.test/{session_id}' });
  assert.doesNotMatch(text, /https:/);
});
