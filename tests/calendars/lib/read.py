"""Events of an iCalendar object, by the Python package icalendar: id, beginning and end in UTC, a line each."""
import sys
from datetime import timezone

import icalendar

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
for event in calendar.walk("VEVENT"):
    bounds = [event.decoded(name).astimezone(timezone.utc) for name in ("DTSTART", "DTEND")]
    print(event["UID"], *[f"{bound:%Y-%m-%dT%H:%M:%SZ}" for bound in bounds])
