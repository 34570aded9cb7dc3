import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { readTemplates, render } from '../message.mjs';

const templates = await readTemplates('en');
const cancelled = {
  type: 'peer_booking_cancelled_refunded',
  name: 'Ann Archer',
  title: 'Session cancelled',
  body: 'The session was cancelled.',
  payload: {
    session_date: '2027-03-01', start_time: '10:00', other_party_name: 'Ben Brook', credits: 60, balance_after: 100,
    reason: 'A cold',
  },
};

test('there is a template for every type that is written', async () => {
  const written = await rows(
    "select unnest(written) as type from peer_exchange.written_values() where table_name = 'notifications'",
  );
  assert.ok(written.length >= 6);
  assert.deepEqual(written.filter(({ type }) => !templates.texts.has(type)), []);
});

test('a paragraph about something that is not told is left out', () => {
  const { text } = render(templates, cancelled);
  assert.match(text, /\n\nReason: A cold\n\n/);
  const { reason, ...rest } = cancelled.payload;
  assert.doesNotMatch(render(templates, { ...cancelled, payload: rest }).text, /Reason/);
});

test('a type without a template says title and body', () => {
  const mail = render(templates, { ...cancelled, type: 'of_the_application', payload: {} });
  assert.equal(mail.subject, 'Session cancelled');
  assert.equal(mail.text, 'Hello Ann Archer,\n\nThe session was cancelled.\n');
});

test('a subject that lacks a word is the title', () => {
  assert.equal(render(templates, { ...cancelled, payload: {} }).subject, 'Session cancelled');
});

const requested = {
  type: 'peer_booking_requested',
  name: 'Ben Brook',
  title: 'New request',
  body: 'Ann Archer asks for a session.',
  payload: {
    session_date: '2027-03-01', start_time: '10:00', timezone: 'Europe/Vienna', duration_minutes: 60,
    other_party_name: 'Ann Archer', credits: 60, expires_at: '2027-02-27T23:30:00+00:00',
  },
};

test('until when something can be answered is told on the clock of the session', () => {
  const { subject, text } = render(templates, requested);
  assert.equal(subject, 'Ann Archer asks for a session with you');
  assert.match(text, /\n\nPlease answer by Sunday, February 28, 2027 at 00:30 \(Europe\/Vienna\): /);
});

test('of a zone that only Postgres knows it is told in UTC', () => {
  for (const timezone of ['posix/Europe/Nowhere', undefined]) {
    const { text } = render(templates, { ...requested, payload: { ...requested.payload, timezone } });
    assert.match(text, /by Saturday, February 27, 2027 at 23:30 \(UTC\): /);
  }
});

test('who did not come the notification itself says, and what is final can\'t be contradicted', () => {
  const missed = {
    ...requested,
    type: 'peer_session_no_show',
    body: 'Ann Archer did not come to the session.',
    payload: { other_party_name: 'Ann Archer', timezone: 'UTC', final_at: '2027-03-02T11:00:00+00:00' },
  };
  assert.equal(
    render(templates, missed).text,
    'Hello Ben Brook,\n\nAnn Archer did not come to the session.\n\nIt can be contradicted until Tuesday, March 2, 2027 at 11:00 (UTC).\n',
  );
  const { final_at, ...final } = missed.payload;
  assert.doesNotMatch(render(templates, { ...missed, payload: final }).text, /contradicted/);
});

test('what people write is text, in one line, and never markup or another placeholder', () => {
  const payload = { ...cancelled.payload, reason: '<script>alert("&")</script>\r\nBcc: all@example.test {{name}} $&' };
  const mail = render(templates, { ...cancelled, payload });
  assert.match(mail.text, /\n\nReason: <script>alert\("&"\)<\/script> Bcc: all@example\.test \{\{name\}\} \$&\n\n/);
  assert.ok(mail.html.includes('<p>Reason: &lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt; Bcc: all@example.test {{name}} $&amp;</p>'));
});
