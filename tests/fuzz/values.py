"""Arguments: mostly sensible ones, so that calls get far, and among them whatever may hurt."""

import uuid
from datetime import date, timedelta

PEOPLE = [f"a0000000-0000-4000-8000-00000000000{n}" for n in range(1, 6)]
PRACTITIONERS = [f"b0000000-0000-4000-8000-00000000000{n}" for n in range(1, 5)]
NOBODY = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]

DATES = ["0001-01-01", "4713-01-01 BC", "9999-12-31", "10000-01-01", "5874897-12-31",
         "infinity", "-infinity", "epoch", "2028-02-29", "1900-01-01"]
TIMES = ["00:00", "24:00:00", "23:59:59.999999", "23:59", "02:30", "01:30", "00:00:00.000001", "10:00:30"]
INTEGERS = [0, -1, 2147483647, -2147483648, 480, 481, 10080, 10081, 1440]
TEXTS = ["", " ", "\t\r\n", "\u00a0\u200b", "'; drop table users; --", "\\", "%s%n{}", "<script>", "\u202egnidaer",
         "\U0001f486" * 50, "e\u0301" * 300, "null", "{\"a\": 1}", "x" * 255, "x" * 256, "\u0001",
         "ä" * 2001, "x" * 10001]
INTERVALS = ["15 minutes", "0", "-1 day", "1 mon", "178000000 years", "-178000000 years", "1000000 days", "0.000001 seconds"]
ZONES = ["UTC", "Europe/London", "Pacific/Chatham", "America/St_Johns", "Antarctica/Troll", "<+25>-25", "Mars/Olympus", "", " ", "+99", "EST5EDT"]
ROLES = ["osteopath, sports_therapist, massage_therapist", "", ",", " , osteopath ,", "client", "x" * 5000]
ENDLESS = "x" * 1_000_000

SETTINGS = {
    "settlement": ["completion", "completion", "booking", "never"],
    "settle_after_hours": ["0", "24", "8784", "-1", "soon"],
    "no_show_percent": ["0", "33.33", "100", "100.01", "NaN"],
    "credits_per_minute": ["0", "0.000001", "0.5", "1000000", "1e-300", "-1", "NaN", "Infinity"],
    "max_duration_minutes": ["1", "10080", "0", "99999"],
    "min_notice_minutes": ["0", "527040", "-1"],
    "max_advance_days": ["0", "36525", "100000"],
    "buffer_minutes": ["0", "1440", "15", "-5"],
    "refusal_retention_days": ["0", "1", "36525", "-1"],
    "timezone": ZONES,
    "practitioner_roles": ROLES,
    "delivery": ["off", "queue", "wake", "on", ""],
    "max_delivery_attempts": ["1", "8", "100", "0"],
    "reminder_minutes_before": ["1440,120", "", "43200", "1", "0", ",", "x", "1,2,3,4,5,6,7,8,9,10"],
}

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Values:
    """Draws arguments from a seeded source; knows the sessions and products that there are."""

    def __init__(self, random):
        self.random = random
        self.caller = None
        self.sessions = []
        self.notifications = []
        self.products = []
        self.notifications = []

    def person(self):
        return self.random.choice(self.random.choices([PRACTITIONERS, PEOPLE, NOBODY, [None], [self.any_uuid()]],
                                                      [30, 6, 1, 1, 1])[0])

    def client(self):
        """Who pays: mostly the one who calls, or nothing would get past that check."""
        return self.caller if self.caller and self.random.random() < 0.85 else self.person()

    def any_uuid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128)))

    def session(self):
        known = self.sessions or [self.any_uuid()]
        return self.random.choice(self.random.choices([known, PEOPLE, NOBODY, [None], [self.any_uuid()]], [30, 1, 1, 1, 2])[0])

    def notification(self):
        return self.random.choice(self.random.choices([self.notifications or NOBODY, NOBODY, [None], [self.any_uuid()]], [30, 1, 1, 2])[0])

    def product(self):
        return self.random.choice(self.random.choices([[None], self.products or [None], PEOPLE, [self.any_uuid()]], [20, 8, 1, 1])[0])

    def notification(self):
        return self.random.choice(self.random.choices([self.notifications or [None], NOBODY, [None]], [20, 1, 1])[0])

    def some_notifications(self):
        several = [self.notification() for _ in range(self.random.choice((0, 1, 3)))]
        return self.sometimes(several, [[], [None], [self.any_uuid()] * 1001])

    def day(self):
        near = str(date.today() + timedelta(days=self.random.randint(-3, 40)))
        return self.sometimes(near, DATES)

    def time(self):
        return self.sometimes(f"{self.random.randint(0, 23):02}:{self.random.choice((0, 15, 30, 45)):02}", TIMES)

    def minutes(self):
        return self.sometimes(self.random.choice((15, 30, 60, 90)), INTEGERS)

    def amount(self):
        return self.sometimes(self.random.randint(1, 500), INTEGERS)

    def text(self, usual):
        return self.sometimes(usual, [*TEXTS, ENDLESS])

    def key(self):
        return self.sometimes(self.random.choice((None, f"key {self.random.randint(1, 40)}")), TEXTS)

    def cursor(self, letter):
        micros, number = self.random.choice([0, 825_000_000_000_000, 2**63 - 1, 2**63, 2**64 - 1]), self.random.getrandbits(128)
        return self.sometimes(None, [*TEXTS, ENDLESS, f"{letter}{micros:016x}{number:032x}", f"x{micros:016x}{number:032x}"])

    def interval(self):
        return self.sometimes("15 minutes", INTERVALS)

    def zone(self):
        return self.random.choice(ZONES)

    def setting(self):
        name = self.random.choice(sorted(SETTINGS))
        return name, self.random.choice(SETTINGS[name])

    def sometimes(self, usual, odd):
        return self.random.choices([usual, self.random.choice(odd), None], [40, 3, 1])[0]

    def working_hours(self):
        """What applications have been seen to store there, and worse."""
        times = ["09:00", "17:00", "9", "25:00", "", None, 9, "09:00:00", "24:00", "-1:00", "x" * 1000, {}, ["09:00"]]
        ranges = {"enabled": self.random.choice([True, False, "true", None, 1]),
                  "start": self.random.choice(times), "end": self.random.choice(times)}
        shapes = [ranges, {"enabled": True, "hours": [ranges, ranges]}, {"enabled": True, "hours": self.random.choice([[], None, {}, "x", [None], [[]]])},
                  [], None, "closed", 5, True, {"enabled": True}]
        week = {day: self.random.choice(shapes) for day in DAYS}
        return self.random.choice([week, week, week, {}, [], None, "always", 5, {"Monday": ranges}, {"monday": week}])
