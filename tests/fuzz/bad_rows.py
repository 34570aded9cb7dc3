"""One person's bad rows harm nobody else: `bad_rows.py --steps N --seed S`, on a database made by tests/fuzz/bad_rows.

Each step puts values that nobody would want into rows of Bea's: by herself where she may, else as the owner of the tables. Then
everybody asks what they asked before. Some steps share a transaction, in which no clock goes on, and which is rolled back.
"""

import argparse
import collections
import json
import os
import random
import sys
import time

import psycopg

from bad_values import BadValues
from probes import ABE, BEA, OWNER, SAM, SUE, Fault, difference, person, plain, probes
from values import Values

HERS = {
    "users": "id", "practitioner_products": "practitioner_id", "practitioner_availability": "user_id", "calendar_events": "user_id",
    "cancellation_policies": "practitioner_id", "client_sessions": "client_id", "credits": "user_id", "credit_transactions": "user_id",
    "notifications": "recipient_id", "notification_preferences": "user_id",
}
STEPS_PER_TRANSACTION = 100
# So many things are asked after a step; one that takes long, in one step of so many.
ASKED = 15
SELDOM = 50


# So many kinds of findings are looked for before it is enough.
ENOUGH = 15


class Finding(Exception):
    """What is wrong, and where it was found: of one kind one is told."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class World:
    """The columns of the application, and savepoints."""

    def __init__(self, connection):
        self.connection = connection
        self.columns = collections.defaultdict(dict)
        for table, column, kind, labels in connection.execute(
                "select relname::text, attname::text, format_type(atttypid, atttypmod), "
                "       array(select enumlabel::text from pg_enum where enumtypid = atttypid order by enumsortorder) "
                "  from pg_attribute join pg_class on pg_class.oid = attrelid "
                " where relnamespace = 'public'::regnamespace and relname = any (%s) and attnum > 0 and not attisdropped "
                " order by relname, attnum", [list(HERS)]):
            self.columns[table][column] = (kind, labels)
        self.opt_in = next((column for column in self.columns["users"] if column.endswith("opt_in")), "")

    def attempt(self, statements, actor, keeps=False):
        """The rows of the last statement, or the fault; what was written stays only where it is to be kept."""
        role, claims = actor
        with self.connection.cursor() as cursor:
            cursor.execute("savepoint attempt")
            answer = None
            try:
                cursor.execute("select set_config('request.jwt.claims', %s, true), set_config('role', %s, true)",
                               [json.dumps(claims) if claims else "", role])
                for statement, arguments in statements:
                    cursor.execute(statement, arguments)
                answer = cursor.fetchall() if cursor.description else cursor.rowcount
                cursor.execute("set constraints all immediate")
                cursor.execute("select set_config('request.jwt.claims', '', true), set_config('role', 'none', true)")
            except psycopg.Error as error:
                if error.sqlstate is None or self.connection.closed:
                    raise Finding("the backend", f"the backend is gone: {error}\n{shown(*statements[0])}") from None
                answer = Fault(error.sqlstate, str(error))
            cursor.execute("release savepoint attempt" if keeps and not isinstance(answer, Fault) else "rollback to savepoint attempt")
            return answer

    def ids(self, query, *arguments):
        return [row[0] for row in self.connection.execute(query, arguments).fetchall()]


class Attack:
    def __init__(self, connection, seed):
        self.world = World(connection)
        self.random = random.Random(seed)
        self.bad = BadValues(Values(self.random), [BEA])
        self.tally = collections.Counter()
        self.findings = {}
        self.step = 0

    def run(self, steps):
        started = time.monotonic()
        while self.step < steps and len(self.findings) < ENOUGH:
            self.world.connection.execute("begin")
            try:
                self.play(min(steps, self.step + STEPS_PER_TRANSACTION))
            finally:
                self.world.connection.execute("rollback")
            if self.step % 1000 == 0:
                print(f"{self.step} steps, {self.step / (time.monotonic() - started):.1f} a second", flush=True)

    def play(self, until):
        """Steps of one transaction: all are compared with the answers from before the first."""
        if self.random.random() < 0.5:
            self.world.connection.execute("select set_config('peer_exchange.opt_in_column', %s, true)", [self.world.opt_in])
        self.known = set(self.world.ids("select id::text from users union all select id::text from client_sessions "
                                        "where client_id in (%s, %s, %s) or therapist_id in (%s, %s, %s)", ABE, SUE, SAM, ABE, SUE, SAM))
        self.bad.sessions = self.world.ids("select id::text from client_sessions where client_id in (%s, %s) and therapist_id in (%s, %s) "
                                           "order by session_date, start_time", SUE, SAM, SUE, SAM)
        asked = probes(self.sessions("status::text = 'scheduled' and payment_status::text = 'paid' and session_date > current_date + 2"),
                       self.sessions("status::text = 'pending_approval' and expires_at > now()"),
                       self.sessions("session_date < current_date and status::text in ('scheduled', 'no_show')"),
                       self.sessions("status::text = 'disputed'"),
                       self.sessions("status::text = 'completed'"))
        slow = [number for number, probe in enumerate(asked) if probe.is_slow]
        quick = [number for number, probe in enumerate(asked) if not probe.is_slow]
        self.hers = self.sessions_of_hers()
        before = {}
        while self.step < until:
            chosen = self.random.sample(quick, ASKED)
            if self.random.random() * SELDOM < 1:
                chosen.append(self.random.choice(slow))
            for number in chosen:
                if number not in before:
                    before[number] = self.ask(asked[number])
            self.world.connection.execute("savepoint step")
            written = self.write()
            if written:
                self.step += 1
                self.compare([(asked[number], before[number]) for number in chosen], written)
            self.world.connection.execute("rollback to savepoint step")

    def sessions(self, condition):
        """The first such session of each two people."""
        found = {}
        for session, client, practitioner in self.world.connection.execute(
                "select id::text, client_id::text, therapist_id::text from client_sessions "
                f" where client_id in (%s, %s, %s, %s) and {condition} order by session_date desc, start_time", [BEA, ABE, SUE, SAM]):
            found.setdefault((client, practitioner), session)
        return found

    def write(self):
        """One to three bad writes; those that were not refused."""
        written = []
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            statement, arguments, table = self.bad_write()
            for actor in (person(BEA), OWNER):
                answer = self.world.attempt([(statement, arguments)], actor, keeps=True)
                outcome = answer.sqlstate if isinstance(answer, Fault) else "written" if answer else "not hers"
                self.tally[f"{table} by {'her' if actor != OWNER else 'the owner'}: {outcome}"] += 1
                if isinstance(answer, Fault) and answer.sqlstate.startswith("XX"):
                    self.found(Finding(f"writing {table}: {answer.sqlstate}", f"{answer.message}\n{shown(statement, arguments)}"))
                if outcome == "written":
                    written.append(f"as {actor[0]}: {shown(statement, arguments)}")
                    break
        return written

    def bad_write(self):
        table = self.random.choice(list(self.world.columns))
        columns = self.world.columns[table]
        changed = self.random.sample(list(columns), min(len(columns), self.random.choice([1, 1, 1, 2, 3])))
        if table == "client_sessions" and self.random.random() < 0.5:
            changed = list({*changed, *self.random.sample(["status", "session_date", "start_time", "duration_minutes"], 2)})
        is_of_credits = table.startswith("credit")
        values = {column: self.bad.of(*columns[column], is_of_credits) for column in sorted(changed)}
        owners = "client_id, therapist_id" if table == "client_sessions" else HERS[table]
        rows = self.world.ids(f"select ctid::text from {table} where %s in ({owners}) order by ctid", BEA)
        if not rows:
            rows = ["(0,0)"]
        row = self.random.choice(rows)
        if self.random.random() < 0.75:
            assignments = ", ".join(f"{column} = %s::{columns[column][0]}" for column in values)
            return f"update {table} set {assignments} where ctid = '{row}'", list(values.values()), table
        # Another row of hers, like the one that is there.
        if "id" in columns and table != "users":
            values["id"] = self.bad.nobody()
        expressions = [f"%s::{columns[column][0]}" if column in values else column for column in columns]
        return (f"insert into {table} ({', '.join(columns)}) select {', '.join(expressions)} from {table} where ctid = '{row}'",
                [values[column] for column in columns if column in values], table)

    def found(self, finding):
        if finding.kind not in self.findings:
            print(f"FOUND at step {self.step}: {finding.kind}: {finding}", flush=True)
        self.findings[finding.kind] = finding

    def sessions_of_hers(self):
        return {BEA, *self.world.ids("select id::text from client_sessions where %s in (client_id, therapist_id)", BEA)}

    def ask(self, probe):
        return self.world.attempt(probe.statements, probe.actor)

    def compare(self, asked, written):
        hers = self.hers | self.sessions_of_hers() | self.bad.made_up
        for probe, before in asked:
            then, now = (answer if isinstance(answer, Fault) else plain(answer, self.known, hers)
                         for answer in (before, self.ask(probe)))
            wrong = difference(probe, then, now)
            if wrong:
                kind = f"{probe.name}: {now.sqlstate if isinstance(now, Fault) else wrong}"
                self.found(Finding(kind, f"{probe.actor} {shown(*probe.statements[0])}\n"
                                         f"before: {str(then)[:2000]}\nnow:    {str(now)[:2000]}\nsince:  " + "\n        ".join(written)))
            self.tally["answers compared"] += 1


def shown(statement, arguments):
    return f"{statement} {[value[:60] + '…' if isinstance(value, str) and len(value) > 60 else value for value in arguments]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.steps} steps", flush=True)
    with psycopg.connect(os.environ["PEER_EXCHANGE_PSQL"], autocommit=True) as connection:
        attack = Attack(connection, arguments.seed)
        try:
            attack.run(arguments.steps)
        except Finding as finding:
            attack.found(finding)
        for outcome, times in sorted(attack.tally.items()):
            print(f"{times:7} {outcome}")
    found = f"{len(attack.findings)} findings with seed {arguments.seed}" if attack.findings else "nothing found"
    print(f"{attack.step} steps, {attack.tally['answers compared']} answers compared, {found}")
    return 1 if attack.findings else 0


if __name__ == "__main__":
    sys.exit(main())
