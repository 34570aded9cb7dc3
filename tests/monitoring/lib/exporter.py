"""Runs sql_exporter with the example's configuration on another database and login, and prints some of what it tells as
`name value|value`. Fails where one of its queries tells nothing."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import yaml

database, login = sys.argv[1:]
SHOWN = {"peer_exchange_circulation": ["in_circulation", "owed", "held"], "peer_exchange_bookings_today": ["bookings", "credits"],
         "peer_exchange_ledger": ["findings"]}
PATIENCE_SECONDS = 30

configuration = yaml.safe_load(pathlib.Path("examples/monitoring/sql_exporter.yml").read_text())
queries = [query for job in configuration["jobs"] for query in job["queries"]]
for job in configuration["jobs"]:
    job["connections"] = [f"postgres://{login}@{os.environ['PGHOST']}:{os.environ['PGPORT']}/{database}?sslmode=disable"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def metrics(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            return answer.read().decode()
    except OSError:
        return ""


def value(text, name, column):
    found = re.search(rf'^sql_{name}\{{[^}}]*col="{column}"[^}}]*\}} (\S+)$', text, re.M)
    return found and f"{float(found.group(1)):g}"


def is_told(text, query):
    return query.get("allow_zero_rows") or all(value(text, query["name"], column) for column in query["values"])


with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
    yaml.safe_dump(configuration, file)
    file.flush()
    port = free_port()
    exporter = subprocess.Popen(["prometheus-sql-exporter", f"-web.listen-address=127.0.0.1:{port}"], stderr=subprocess.PIPE, text=True,
                                env={**os.environ, "CONFIG": file.name, "LOGLEVEL": "warn"})
    try:
        began = time.monotonic()
        while not all(is_told(text := metrics(port), query) for query in queries):
            if time.monotonic() - began > PATIENCE_SECONDS:
                sys.exit("nothing is told by " + ", ".join(query["name"] for query in queries if not is_told(text, query)))
            time.sleep(0.2)
    finally:
        exporter.terminate()
        complaints = [line for line in exporter.communicate()[1].splitlines() if "level=error" in line or '"error"' in line]
if complaints:
    sys.exit("\n".join(complaints))
for name, columns in SHOWN.items():
    print(name, "|".join(value(text, name, column) for column in columns))
