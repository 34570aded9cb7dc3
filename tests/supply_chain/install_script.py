"""Runs pgspot on install scripts; fails on every report but those that have a reason.

Which reports those are, and why, says `accepted_reports.txt`.
"""

import contextlib
import io
import pathlib
import re
import sys

from pgspot import cli, visitors

ACCEPTED = pathlib.Path(__file__).with_name("accepted_reports.txt")


def know_return_next():
    """pgspot takes the expression of RETURN NEXT for a statement and gives up; it is an expression."""
    visit = visitors.PLPGSQLVisitor.visit

    def visit_return_next_too(self, node):
        if not (isinstance(node, dict) and "PLpgSQL_stmt_return_next" in node):
            return visit(self, node)
        statement = node["PLpgSQL_stmt_return_next"]
        if "expr" in statement:
            visitors.visit_sql(self.state, "SELECT " + statement["expr"]["PLpgSQL_expr"]["query"])

    visitors.PLPGSQLVisitor.visit = visit_return_next_too


def reports_on(script):
    """What pgspot prints of a script, without the places, and whether it came to the end of it."""
    printed = io.StringIO()
    sys.argv = ["pgspot", str(script)]
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        cli.run()
    lines = [line.strip() for line in printed.getvalue().splitlines() if line.strip()]
    reports = {re.sub(r" at line \d+$", "", line) for line in lines if re.match(r"PS\d+: ", line)}
    others = [line for line in lines if not re.match(r"PS\d+: ", line)]
    finished = len(others) == 1 and bool(re.fullmatch(r"Errors: \d+ Warnings: \d+ Unknown: 0", others[0]))
    return reports, finished, others


def main():
    know_return_next()
    accepted = {line for line in ACCEPTED.read_text().splitlines() if line and not line.startswith("#")}
    scripts = [pathlib.Path(name) for name in sys.argv[1:]]
    failed = not scripts
    unused = set(accepted)
    for script in scripts:
        reports, finished, others = reports_on(script)
        unused -= reports
        for line in sorted(reports - accepted) + ([] if finished else others):
            print(f"{script.name}: {line}")
            failed = True
    for line in sorted(unused):
        print(f"no longer reported, take it out of {ACCEPTED.name}: {line}")
        failed = True
    return 1 if failed else 0


sys.exit(main())
