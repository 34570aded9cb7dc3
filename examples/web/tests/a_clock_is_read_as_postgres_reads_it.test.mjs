import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows } from '../../../tests/clients/lib/database.mjs';
import { compiled } from './lib/compiled.mjs';

const { clockOf, instantOf, whenText } = await compiled('shared/time.ts');

test('every half hour of days on which clocks change, in zones that change by an hour, by half of one, by a day or never', async () => {
  const told = await rows(`
    select zone, to_char(wall, 'YYYY-MM-DD') as session_date, to_char(wall, 'HH24:MI') as start_time,
           extract(epoch from wall at time zone zone) * 1000 as instant,
           to_char(wall at time zone zone at time zone zone, 'YYYY-MM-DD HH24:MI') as shown
      from (values ('Europe/London', date '2027-03-28'), ('Europe/London', '2027-10-31'), ('America/New_York', '2027-03-14'),
                   ('America/New_York', '2027-11-07'), ('Australia/Lord_Howe', '2027-04-04'), ('Australia/Lord_Howe', '2027-10-03'),
                   ('Pacific/Apia', '2011-12-31'), ('Asia/Kathmandu', '2027-06-01'), ('UTC', '2028-02-29')) as change (zone, day)
     cross join generate_series(day - interval '1 day', day + interval '2 days', interval '30 minutes') as wall`);
  assert.ok(told.length > 1_000);
  for (const { zone, session_date, start_time, instant, shown } of told) {
    const read = instantOf({ session_date, start_time }, zone);
    assert.equal(Date.parse(read), Number(instant), `${session_date} ${start_time} ${zone}`);
    const { date, time } = clockOf(read, zone);
    assert.equal(`${date} ${time}`, shown);
  }
});

test('a zone that the browser does not know leaves the reader’s own time', () => {
  assert.equal(instantOf({ session_date: '2027-01-01', start_time: '10:00' }, 'Mars/Base'), null);
  assert.doesNotMatch(whenText({ starts_at: '2027-01-01T10:00:00Z', timezone: 'Mars/Base' }), /Mars/);
});
