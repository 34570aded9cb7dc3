"""Sends every query of the dashboard as Grafana does. `dashboard.py DATABASE something` asks that each of them shows a row;
with `nothing` a table may be empty. PG* name the server and the login."""

import datetime
import json
import pathlib
import sys

import psycopg

TIMESTAMP = 1114


def expanded(query, variables):
    """With Grafana's macros and the dashboard's variables in place."""
    now = datetime.datetime.now(datetime.timezone.utc)
    instant = lambda moment: "'" + moment.strftime("%Y-%m-%dT%H:%M:%SZ") + "'"
    query = query.replace("$__timeFrom()", instant(now - datetime.timedelta(days=90))).replace("$__timeTo()", instant(now))
    for name, value in variables.items():
        query = query.replace(f"${name}", value)
    return query


def findings(database, has_something):
    dashboard = json.loads(pathlib.Path("examples/monitoring/dashboard.json").read_text())
    variables = {variable["name"]: variable["query"] for variable in dashboard["templating"]["list"]}
    with psycopg.connect(dbname=database, autocommit=True) as connection:
        for panel in dashboard["panels"]:
            (target,) = panel["targets"]
            query = expanded(target["rawSql"], variables)
            if "$" in query:
                yield f"{panel['title']}: there is no such macro or variable in {query}"
                continue
            try:
                answer = connection.execute(query)
            except psycopg.Error as error:
                yield f"{panel['title']}: {error}"
                continue
            rows = answer.fetchall()
            if target["format"] == "time_series" and (answer.description[0].name, answer.description[0].type_code) != ("time", TIMESTAMP):
                yield f"{panel['title']}: its first column is no time"
            if panel["type"] == "stat" and len(rows) != 1:
                yield f"{panel['title']}: {len(rows)} rows for one number"
            if has_something and not rows:
                yield f"{panel['title']} shows nothing"


found = list(findings(sys.argv[1], sys.argv[2] == "something"))
print("\n".join(found))
sys.exit(bool(found))
