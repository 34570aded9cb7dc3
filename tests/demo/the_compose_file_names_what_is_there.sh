#!/usr/bin/env bash
# As far as that can be told without Docker: compose.yaml names files, stages, ports, variables and passwords that exist,
# and the database's files run in their order.
set -euo pipefail

name=compose_test
psql -X -q -d postgres -c 'set client_min_messages = warning' -c "drop database if exists $name" -c "create database $name"
trap 'psql -X -q -d postgres -c "drop database $name" -c "drop role if exists notifier"' EXIT

"$PYTHON" tests/demo/lib/compose.py "$name"
