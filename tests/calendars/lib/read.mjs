// Events of an iCalendar object, by the npm package ical.js: id, beginning and end in UTC, a line each.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  const bounds = [event.startDate, event.endDate].map((time) => time.toJSDate().toISOString().replace('.000', ''));
  console.log(event.uid, ...bounds);
}
