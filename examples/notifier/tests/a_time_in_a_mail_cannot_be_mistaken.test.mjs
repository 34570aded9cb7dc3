import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factOf, mailOf } from './lib/mails.mjs';

const when = (timezone, payload) => factOf(mailOf({ timezone, payload }), 'When');
const from = (start, end, timezone) => ({ starts_at: `${start}:00+00:00`, ends_at: `${end}:00+00:00`, timezone });

test('the reader is told it by her clock, and by that of the session', () => {
  assert.equal(when('Europe/London', {}), 'Fri 26 Nov 2027, 20:00–21:00 your time (21:00 in Madrid)');
  assert.equal(when('Asia/Kolkata', {}), 'Sat 27 Nov 2027, 01:30–02:30 your time (Fri 26 Nov 2027, 21:00 in Madrid)');
  const inGerman = mailOf({ timezone: 'Europe/London', language: 'de' });
  assert.equal(factOf(inGerman, 'Wann'), 'Fr. 26. Nov. 2027, 20:00–21:00 deiner Zeit (21:00 in Madrid)');
});

test('both dates are there where they differ, and where a session ends on another day', () => {
  const late = from('2027-11-26T23:30', '2027-11-27T00:30', 'Europe/Madrid');
  assert.equal(
    when('Europe/London', late),
    'Fri 26 Nov 2027, 23:30 – Sat 27 Nov 2027, 00:30 your time (Sat 27 Nov 2027, 00:30 in Madrid)',
  );
  // Twenty-four hours apart and the same time of day.
  const apart = from('2027-11-26T10:00', '2027-11-26T11:00', 'Pacific/Kiritimati');
  assert.equal(
    when('Pacific/Honolulu', apart),
    'Fri 26 Nov 2027, 00:00–01:00 your time (Sat 27 Nov 2027, 00:00 in Kiritimati)',
  );
});

test('where both clocks show the same, one is named', () => {
  assert.equal(when('Europe/Madrid', {}), 'Fri 26 Nov 2027, 21:00–22:00 your time (Madrid)');
  assert.equal(when('Etc/GMT-1', {}), 'Fri 26 Nov 2027, 21:00–22:00 your time (Etc/GMT-1)');
});

test('who has published no zone is told it by the clock of the session', () => {
  assert.equal(when(null, {}), 'Fri 26 Nov 2027, 21:00–22:00 in Madrid');
  assert.equal(when('posix/Europe/Nowhere', { timezone: 'UTC' }), 'Fri 26 Nov 2027, 20:00–21:00 UTC');
  assert.equal(when(null, { timezone: 'posix/Europe/Nowhere' }), 'Fri 26 Nov 2027, 20:00–21:00 UTC');
});

test('on both days on which clocks change', () => {
  assert.equal(
    when('America/New_York', from('2027-03-14T06:30', '2027-03-14T07:30', 'Europe/London')),
    'Sun 14 Mar 2027, 01:30–03:30 your time (06:30 in London)',
  );
  assert.equal(
    when('Europe/London', from('2027-10-31T14:00', '2027-10-31T15:00', 'America/New_York')),
    'Sun 31 Oct 2027, 14:00–15:00 your time (10:00 in New York)',
  );
});

test('a notification of an earlier version says what it knows', () => {
  assert.equal(when('Europe/London', { starts_at: undefined }), 'Fri 26 Nov 2027, 21:00');
});
