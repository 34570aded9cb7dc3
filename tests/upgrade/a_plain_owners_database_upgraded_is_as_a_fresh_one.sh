#!/usr/bin/env bash
# The same for an application whose tables belong to a role that is not a superuser.
export TABLES_BELONG_TO=plain_owner
source "$(dirname "$0")/an_upgraded_database_is_as_a_fresh_one.sh"
