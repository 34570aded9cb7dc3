-- $2 session, $3 its client. What the ledger says is held for a request, and what time it is.
select now() as now,
       -- By the session alone: an index of the client's whole ledger has no part in it.
       coalesce((select sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0))
                          filter (where entry.user_id = $3)
                   from public.credit_transactions as entry
                  where entry.session_id = $2), 0)::integer as held_for_it
