"""Random calls through PostgREST: `http_calls.py --calls N --seed S`.

schemathesis makes them up from the OpenAPI document that PostgREST serves, as a signed-in person and as
the service. No answer may be a 5xx, and what is refused writes nothing but the one event of a refusal.
"""

import argparse
import base64
import collections
import hashlib
import hmac
import json
import os
import sys
import time

import hypothesis
import psycopg
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, strategies

from contents import contents, refusals
from operations import READERS
from values import PRACTITIONERS, Values

URL = os.environ["PEER_EXCHANGE_URL"]
CALLERS = {"authenticated": {"sub": PRACTITIONERS[0], "role": "authenticated"}, "service_role": {"role": "service_role"}}


def token(claims):
    """A JSON web token as the application's sign-in would hand out."""
    def encoded(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")
    signed = encoded(b'{"alg":"HS256","typ":"JWT"}') + b"." + encoded(json.dumps({**claims, "exp": int(time.time()) + 86_400}).encode())
    signature = hmac.new(os.environ["PEER_EXCHANGE_JWT_SECRET"].encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + encoded(signature)).decode()


def make_plausible(case, values, caller, sessions):
    """A schema says nothing of people: every other argument gets a value that may lead further."""
    values.caller, values.sessions = caller, sessions
    plausible = {
        "p_client_id": values.client, "p_practitioner_id": values.person, "p_session_id": values.session,
        "p_session_date": values.day, "p_start_time": values.time, "p_duration_minutes": values.minutes,
        "p_product_id": values.product, "p_idempotency_key": values.key,
        "p_from": values.day, "p_to": values.day, "p_step_minutes": values.minutes,
    }
    arguments = case.body if isinstance(case.body, dict) else case.query if isinstance(case.query, dict) else {}
    for name in sorted(arguments):
        if name in plausible and values.random.random() < 0.7:
            value = plausible[name]()
            arguments[name] = value if isinstance(case.body, dict) or value is not None else ""


def is_refusal(answer):
    """A reply that says no, and not an error."""
    if answer.status_code >= 400:
        return False
    body = answer.json() if answer.content and "json" in answer.headers.get("content-type", [""])[0] else None
    return isinstance(body, dict) and body.get("success") is False


class Attack:
    def __init__(self, connection, seed):
        self.connection = connection
        self.seed = seed
        self.tally = collections.Counter()
        self.remembered = contents(connection)
        self.events = refusals(connection)

    def run(self, calls):
        for role, claims in CALLERS.items():
            headers = {"Authorization": f"Bearer {token(claims)}"}
            schema = schemathesis.openapi.from_url(f"{URL}/", headers=headers)
            operations = [found.ok() for found in schema.get_all_operations()]
            operations = [operation for operation in operations if operation.path.startswith("/rpc/")]
            for operation in operations:
                self.attack(operation, role, claims, headers, max(1, calls // len(operations) // len(CALLERS)))

    def attack(self, operation, role, claims, headers, calls):
        @hypothesis.seed(self.seed)
        @hypothesis.settings(max_examples=calls, database=None, deadline=None, verbosity=Verbosity.quiet,
                             phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @hypothesis.given(case=operation.as_strategy(), random=strategies.randoms(use_true_random=False))
        def call(case, random):
            make_plausible(case, Values(random), claims.get("sub"), self.sessions())
            answer = case.call(base_url=URL, headers=headers)
            self.judge(answer, operation, role, case)

        call()

    def sessions(self):
        query = "select id::text from public.client_sessions order by created_at desc, session_date, start_time limit 20"
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def judge(self, answer, operation, role, case):
        self.tally[f"{role} {operation.method.upper()} {operation.path}: {answer.status_code}"] += 1
        if answer.status_code >= 500:
            raise AssertionError(f"{answer.status_code} {answer.text}\n{case.as_curl_command()}")
        present, events = contents(self.connection), refusals(self.connection)
        refusal = is_refusal(answer)
        if (refusal or answer.status_code >= 400) and present != self.remembered:
            raise AssertionError(f"something was written by what was refused with {answer.status_code}\n{case.as_curl_command()}")
        is_reader = operation.path.removeprefix("/rpc/") in READERS
        if events - self.events != (1 if refusal and not is_reader else 0):
            raise AssertionError(f"{events - self.events} refusals were written down by {answer.status_code} {answer.text}\n{case.as_curl_command()}")
        self.remembered, self.events = present, events


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, about {arguments.calls} calls through PostgREST", flush=True)
    with psycopg.connect(os.environ["PEER_EXCHANGE_PSQL"], autocommit=True) as connection:
        attack = Attack(connection, arguments.seed)
        try:
            attack.run(arguments.calls)
        except AssertionError as finding:
            print(f"FOUND with seed {arguments.seed}: {finding}")
            return 1
        finally:
            for outcome, times in sorted(attack.tally.items()):
                print(f"{times:7} {outcome}")
    made = sum(attack.tally.values())
    if made < arguments.calls // 2:
        print(f"only {made} calls were made")
        return 1
    print(f"{made} calls, nothing found but what is known")
    return 0


if __name__ == "__main__":
    sys.exit(main())
