import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { readLanguages } from '../words.mjs';
import { factOf, mailOf } from './lib/mails.mjs';

test('there is a template for every type that is written', async () => {
  const written = await rows(
    "select unnest(written) as type from peer_exchange.written_values() where table_name = 'notifications'",
  );
  assert.ok(written.length >= 6);
  const { find } = await readLanguages('en');
  const others = find('en', 'of_the_application').template;
  assert.deepEqual(written.filter(({ type }) => find('en', type).template === others), []);
});

test('a booking, its credits and the balance are one mail', () => {
  const { subject, text } = mailOf({ payload: { place: '12 Mill Lane, Leeds' } });
  assert.equal(subject, 'Your session with Ben Brook is booked');
  assert.equal(
    text,
    'Hello Ann Archer,\n\nyour 60-minute session with Ben Brook is booked.\n\n' +
      'When: Fri 26 Nov 2027, 21:00–22:00 in Madrid\nWhere: 12 Mill Lane, Leeds\n' +
      'Paid: 60 credits\nYour balance: 40 credits\n',
  );
  const held = mailOf({ payload: { settles: 'on_completion', credits: 1 } });
  assert.equal(factOf(held, 'Held until it has taken place'), '1 credit');
  assert.equal(factOf(held, 'Paid'), undefined);
});

const cancellation = (payload) =>
  mailOf({
    type: 'peer_booking_cancelled_refunded',
    payload: { reason: 'A cold', credits: 45, kept_credits: 15, ...payload },
  });

test('a cancellation says who cancelled, what comes back and what is lost', () => {
  const byHer = cancellation({ recipient_role: 'client', cancelled_by: 'client' });
  assert.match(byHer.text, /\n\nyou have cancelled your session with Ben Brook\.\n\n/);
  assert.deepEqual(
    ['Reason', 'Given back to you', 'Not given back'].map((label) => factOf(byHer, label)),
    ['A cold', '45 credits', '15 credits'],
  );

  const byHerClient = cancellation({ recipient_role: 'practitioner', cancelled_by: 'client' });
  assert.match(byHerClient.text, /\n\nBen Brook has cancelled your session\.\n\n/);
  assert.deepEqual(
    ['Given back to Ben Brook', 'You keep'].map((label) => factOf(byHerClient, label)),
    ['45 credits', '15 credits'],
  );

  const byNobody = cancellation({ recipient_role: 'client', cancelled_by: 'application', kept_credits: 0 });
  assert.match(byNobody.text, /\n\nyour session with Ben Brook was cancelled\.\n\n/);
  assert.equal(factOf(byNobody, 'Not given back'), undefined);
});

test('a reason that nobody gave is none', () => {
  assert.equal(factOf(cancellation({ reason: 'Session cancelled' }), 'Reason'), undefined);
  assert.equal(factOf(cancellation({ reason: undefined }), 'Reason'), undefined);
});

test('who did not come each of the two is told in other words', () => {
  const missed = (payload) => mailOf({ type: 'peer_session_no_show', payload }).text;
  const said = (event, recipient_role) => missed({ event, recipient_role }).split('\n\n')[1];
  assert.match(said('no_show', 'client'), /^you have been reported not to have come /);
  assert.match(said('no_show', 'practitioner'), /^Ben Brook did not come /);
  assert.match(said('reported', 'client'), /^you have reported that Ben Brook did not come /);
  const open = missed({ event: 'reported', recipient_role: 'practitioner', final_at: '2027-11-28T20:00:00+00:00' });
  assert.match(open, /\nIt can be contradicted until: Sun 28 Nov 2027, 21:00 in Madrid\n/);
  // Written before there were such data.
  assert.match(missed({}), /\n\nYour session is booked\.\n\n/);
});

test('a rating says how many stars, and what was said if anything was', () => {
  const rated = (payload) => mailOf({ type: 'peer_session_rated', payload });
  const mail = rated({ stars: 4, comment: 'My knee\nis well.' });
  assert.equal(mail.subject, 'Ben Brook has rated your session');
  assert.match(mail.text, /\n\nBen Brook gave your session 4 of 5 stars\.\n\n/);
  assert.equal(factOf(mail, 'Comment'), 'My knee is well.');
  assert.equal(factOf(rated({ stars: 1 }), 'Comment'), undefined);
});

test('a type without a template says title and body', () => {
  const mail = mailOf({ type: 'of_the_application', payload: null });
  assert.equal(mail.subject, 'Session booked');
  assert.equal(mail.text, 'Hello Ann Archer,\n\nYour session is booked.\n');
});

test('what an application writes under our names harms nothing', () => {
  const odd = { starts_at: 'soon', ends_at: {}, session_date: [], previous_starts_at: 5, expires_at: 'never', credits: '1e3' };
  assert.equal(mailOf({ type: 'of_the_application', payload: odd }).text, 'Hello Ann Archer,\n\nYour session is booked.\n');
  assert.equal(factOf(mailOf({ payload: { ...odd, timezone: '../UTC' } }), 'When'), undefined);
  assert.equal(factOf(mailOf({ payload: { ends_at: 'late' } }), 'When'), 'Fri 26 Nov 2027, 21:00 in Madrid');
});

test('a subject that lacks a word is the title', () => {
  assert.equal(mailOf({ payload: { other_party_name: undefined } }).subject, 'Session booked');
});

test('what people write is text, in one line, and never markup or another placeholder', () => {
  const reason = '<script>alert("&")</script>\r\nBcc: all@example.test\n- You keep: 9 {{name}} {{{body}}} $&';
  const mail = cancellation({ recipient_role: 'client', cancelled_by: 'client', reason });
  assert.equal(
    factOf(mail, 'Reason'),
    '<script>alert("&")</script> Bcc: all@example.test - You keep: 9 {{name}} {{{body}}} $&',
  );
  assert.ok(!mail.html.includes('<script'));
  assert.ok(mail.html.includes('&lt;script&gt;alert(&quot;&amp;&quot;)'));
  assert.ok(mail.html.includes('{{name}} {{{body}}}'));
});

test('what people are called makes no table of a sentence, and no other fact of a fact', () => {
  const other_party_name = '- Paid: 900 credits';
  const byHer = cancellation({ recipient_role: 'practitioner', cancelled_by: 'client', other_party_name });
  assert.match(byHer.text, /\n\n- Paid: 900 credits has cancelled your session\.\n\n/);
  assert.equal(factOf(byHer, `Given back to ${other_party_name}`), '45 credits');
});
