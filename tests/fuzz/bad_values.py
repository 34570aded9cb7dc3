"""Values that nobody would want in a column, by its type."""

import json
import uuid

from values import DATES, INTEGERS, TEXTS, TIMES, ZONES

HUGE = "x" * 1_000_000
TEXT = [None, *TEXTS, HUGE, *ZONES, "Europe/Londn", "-120", "UTC+2", "infinity", "NaN", "[]", "9am", "true",
        "pending_payment", "pending_approval", "completed", "cancelled", "scheduled", "client", "osteopath", "bonus"]
BIGINTS = [*INTEGERS, 3_000_000_000, -3_000_000_000, 2**63 - 1, -2**63]
CREDITS = [0, 1, -1, 59, 500_000_000, -500_000_000, 2**31 - 1, -2**31]
NUMBERS = ["NaN", "Infinity", "-Infinity", "0", "-0.5", "100.000001", "1e300", "1e-300", "9" * 400, str(2**63)]
INSTANTS = ["infinity", "-infinity", "294276-12-31 23:59:59.999999+00", "4713-01-01 00:00:00+00 BC", "0001-01-01 00:00+00",
            "9999-12-31 23:59+00", "10000-01-01 00:00+00", "epoch", "2028-02-29 12:00+00"]
RANGES = ["empty", "(,)", "[2030-01-01,)", "(,2030-01-01)", "[infinity,infinity]", "[4713-01-01 BC,294276-12-31]",
          "[2030-01-01,2030-01-01]"]
NESTED = "[" * 3000 + "]" * 3000
# Postgres' json takes all of these, jsonb most.
ATOMS = ["1e400", "-1e400", "1e-20000", "9" * 400, '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', NESTED, "null", "[]", "{}", "true", "0",
         json.dumps(HUGE), '["\\ud800"]', "[1e400]", "[[[]]]", '{"\\ud800": 1}', '{"\\u0000": 1}', '"9am"', '["massage", null, 5]', "[" + "1," * 50_000 + "1]"]


class BadValues:
    def __init__(self, values, ids):
        self.values = values
        self.random = values.random
        # Whose rows these are, and those who are made up; rows are never made somebody else's.
        self.ids = ids
        self.made_up = set()
        # Sessions of others, which her notifications may name.
        self.sessions = []

    def of(self, kind, labels, is_of_credits):
        """A value for a column of this type, as text; `labels` where it is an enum."""
        pick = self.random.choice
        if is_of_credits and kind in ("integer", "bigint"):
            return pick([None, *CREDITS, *(BIGINTS if kind == "bigint" else [])])
        if labels:
            return pick([None, *labels])
        if kind == "uuid":
            return pick([None, self.nobody(), *self.ids])
        if kind.startswith(("json",)):
            return pick([None, self.json()])
        if kind.endswith("[]"):
            return pick([None, "{}", "{NULL}", "{{a,b},{c,d}}", '{""," "}', "{" + HUGE + "}", "{" + "a," * 10_000 + "a}", "[5:6]={a,b}"])
        if kind.startswith("character varying"):
            return pick([text if text is None else text[:100] for text in TEXT])
        if kind.startswith("numeric"):
            return pick([None, *NUMBERS, *map(str, BIGINTS)])
        return pick([None, *{
            "integer": INTEGERS, "bigint": BIGINTS, "double precision": [*NUMBERS[:7], *INTEGERS], "boolean": [True, False],
            "date": [*DATES, self.values.day()], "time without time zone": [*TIMES, self.values.time()],
            "timestamp with time zone": INSTANTS, "timestamp without time zone": INSTANTS, "tstzrange": RANGES,
        }.get(kind, TEXT)])

    def nobody(self):
        made_up = str(uuid.UUID(int=self.random.getrandbits(128)))
        self.made_up.add(made_up)
        return made_up

    def json(self):
        """Hours, what a notification tells, or anything else, with something in them that can't be read."""
        atom = self.random.choice(ATOMS)
        told = self.random.choice(self.sessions)
        return self.random.choice([
            json.dumps({"session_id": told}), '{"session_id": "%s", "starts_at": %s}' % (told, atom),
            atom, json.dumps(self.values.working_hours()),
            '{"monday": %s, "tuesday": {"start": "09:00", "end": "17:00"}}' % atom,
            '{"note": %s, "monday": {"enabled": true, "start": "09:00", "end": "17:00"}}' % atom,
            '{"sunday": {"enabled": true, "hours": [{"start": %s, "end": "17:00"}]}}' % atom])
