-- $2 session, $3 its client. What the ledger says is held for a request, but no more than the client has held, and what time
-- it is.
select now() as now,
       -- By the session alone: an index of the client's whole ledger has no part in it.
       least(coalesce((select sum(coalesce(entry.held_after, 0) - coalesce(entry.held_before, 0))
                                filter (where entry.user_id = $3)
                         from public.credit_transactions as entry
                        where entry.session_id = $2), 0),
             coalesce((select max(account.held) from public.credits as account
                        where account.user_id = $3), 0))::integer as held_for_it
