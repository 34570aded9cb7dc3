#!/usr/bin/env bash
# The same for an application whose tables belong to a role that is not a superuser: what was
# granted to that role comes along.
export TABLES_BELONG_TO=plain_owner
source "$(dirname "$0")/an_adopted_application_survives_dump_and_restore.sh"
