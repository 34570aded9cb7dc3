"""Random calls through SQL: `sql_calls.py --calls N --seed S`, on the database of PEER_EXCHANGE_PSQL.

No call may end in an internal error or take the backend with it, and what is refused writes nothing but the
one event of a refusal.
"""

import argparse
import collections
import json
import os
import random
import sys
import time

import psycopg

import operations
from contents import contents
from values import PEOPLE, PRACTITIONERS, Values

# Errors that a caller can do something about.
EXPECTED = {
    "42501": "not allowed", "22004": "NULL", "22023": "invalid argument",
    "22003": "number out of range", "22007": "invalid date or time", "22008": "date or time out of range",
    "23502": "NULL in a column", "23503": "no such person", "23505": "not unique", "23514": "guard", "23001": "guard of deletion",
    "22P02": "claims that no policy can read", "23P01": "overlap", "22001": "text too long for a column of the application",
}
CHECK_EVERY = 25


class Finding(Exception):
    pass


class Attack:
    def __init__(self, connection, seed):
        self.connection = connection
        self.random = random.Random(seed)
        self.values = Values(self.random)
        self.tally = collections.Counter()
        self.remembered = None

    def run(self, calls):
        started = time.monotonic()
        for number in range(1, calls + 1):
            if number % 20 == 1:
                self.look_around()
            if number % 15 == 0:
                self.disturb()
            self.call(number)
            if number % CHECK_EVERY == 0:
                self.check_contents()
            if number % 2000 == 0:
                print(f"{number} calls, {number / (time.monotonic() - started):.0f} a second, {sum(self.tally.values())} outcomes", flush=True)
        self.check_books()
        self.check_figures()

    def look_around(self):
        """What there is to be named, oldest first, so that a seed names the same again."""
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute("select id::text from public.client_sessions order by created_at desc, session_date, start_time limit 30")
            self.values.sessions = [row[0] for row in cursor]
            cursor.execute("select id::text from public.practitioner_products order by created_at desc limit 10")
            self.values.products = [row[0] for row in cursor]
            cursor.execute("select id::text from public.notifications order by created_at desc, type, recipient_id limit 30")
            self.values.notifications = [row[0] for row in cursor]

    def disturb(self):
        statement, arguments = operations.disturb(self.values)
        try:
            with self.connection.transaction():
                self.connection.execute(statement, arguments)
        except psycopg.Error as error:
            self.judge_error(error, statement, arguments)
        self.remembered = None

    def call(self, number):
        operation = self.random.choices(list(operations.CALLS), operations.CALLS.values())[0]
        role, claims = self.actor()
        statement, arguments = operation(self.values)
        outcome = "?"
        try:
            with self.connection.transaction(), self.connection.cursor() as cursor:
                self.change_a_setting(cursor)
                before = rows_written(cursor)
                remembers = refusals_are_remembered(cursor)
                cursor.execute("select set_config('request.jwt.claims', %s, true), set_config('role', %s, true)", [claims, role])
                cursor.execute(statement, arguments)
                reply = cursor.fetchone()[0] if cursor.description else cursor.rowcount
                cursor.execute("select set_config('role', 'none', true)")
                outcome = self.judge_reply(operation.__name__, reply, rows_written(cursor) - before, remembers)
        except psycopg.Error as error:
            outcome = self.judge_error(error, statement, arguments)
        except Finding as finding:
            raise Finding(f"call {number}: {finding}\n{role} {claims}\n{shortened(statement, arguments)}") from None
        self.tally[f"{operation.__name__}: {outcome}"] += 1

    def actor(self):
        person = self.random.choice(PRACTITIONERS + PEOPLE[:2])
        self.values.caller = person
        return self.random.choices(
            [("authenticated", json.dumps({"sub": person, "role": "authenticated"})), ("service_role", '{"role": "service_role"}'),
             ("none", ""), ("anon", '{"role": "anon"}'),
             ("authenticated", self.random.choice(["", "{}", "x", "[]", '{"sub": 1}', '{"sub": "x"}', '{"role": "service_role"}', "{" * 10000]))],
            [12, 12, 6, 1, 2])[0]

    def change_a_setting(self, cursor):
        if self.random.random() < 0.5:
            cursor.execute("select set_config('peer_exchange.settlement', 'completion', true)")
        if self.random.random() < 0.1:
            name, value = self.values.setting()
            try:
                with self.connection.transaction():
                    cursor.execute("select set_config(%s, %s, true)", [f"peer_exchange.{name}", value])
            except psycopg.Error as error:
                self.judge_error(error, f"set {name}", [value])

    def judge_reply(self, operation, reply, written, remembers):
        """A refusal must have the shape of one, and must have written its event and no other row."""
        if isinstance(reply, dict) and reply.get("success") is False:
            if not reply.get("error_code") or not reply.get("error") or not isinstance(reply.get("details", {}), dict):
                raise Finding(f"this is no refusal: {reply}")
            if written != (1 if remembers and operation not in operations.READERS else 0):
                raise Finding(f"a refusal of {operation} wrote {written} rows: {reply}")
            return reply["error_code"]
        if operation not in operations.READERS:
            self.remembered = None
        elif written:
            raise Finding(f"{operation} wrote {written} rows: {reply}")
        return "done"

    def judge_error(self, error, statement, arguments):
        if error.sqlstate is None or self.connection.closed:
            raise Finding(f"the backend is gone: {error}\n{shortened(statement, arguments)}")
        if error.sqlstate not in EXPECTED:
            raise Finding(f"{error.sqlstate}: {error}\n{shortened(statement, arguments)}")
        return error.sqlstate

    def check_contents(self):
        """Every row of every table is what it was, unless something has succeeded since."""
        present = contents(self.connection)
        if self.remembered is not None and present != self.remembered:
            raise Finding(f"something was written though everything was refused: {self.remembered} became {present}")
        self.remembered = present

    def check_books(self):
        with self.connection.transaction(), self.connection.cursor() as cursor:
            discrepancies = cursor.execute("select * from peer_exchange.verify_ledger()").fetchall()
            if discrepancies:
                raise Finding(f"the books are wrong: {discrepancies[:5]}")

    def check_figures(self):
        """Whatever people have stored, the figures can be made."""
        views = self.connection.execute("select oid::regclass::text from pg_class "
                                        "where relnamespace = 'peer_exchange'::regnamespace and relkind = 'v'").fetchall()
        if not views:
            raise Finding("there are no figures")
        for (view,) in views:
            try:
                self.connection.execute(f"select * from {view}")
            except psycopg.Error as error:
                raise Finding(f"{view}: {error}") from None


def rows_written(cursor):
    """As this backend has counted them, in this transaction and those just before it."""
    cursor.execute("select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables")
    return cursor.fetchone()[0]


def refusals_are_remembered(cursor):
    """Under the setting of this transaction."""
    return cursor.execute("select peer_exchange.refusal_retention_days() > 0").fetchone()[0]


def shortened(statement, arguments):
    return f"{statement}\n{[value[:100] + '...' if isinstance(value, str) and len(value) > 100 else value for value in arguments]}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.calls} calls through SQL", flush=True)
    with psycopg.connect(os.environ["PEER_EXCHANGE_PSQL"], autocommit=True) as connection:
        attack = Attack(connection, arguments.seed)
        try:
            attack.run(arguments.calls)
        except Finding as finding:
            print(f"FOUND with seed {arguments.seed}: {finding}")
            return 1
        finally:
            for outcome, times in sorted(attack.tally.items()):
                print(f"{times:7} {outcome}")
    print(f"{sum(attack.tally.values())} calls, nothing found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
