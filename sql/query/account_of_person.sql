-- $1 person, $2 first and $3 last day. The days are whole days where she lives.
select account.balance::bigint,
       account.held::bigint,
       account.owed::bigint,
       account.total_earned::bigint,
       account.total_spent::bigint,
       -- What is held for a request that has expired is hers again.
       peer_exchange.whole_credits(coalesce((select sum(session.held_credits)
                   from public.client_sessions as session
                  where session.client_id = $1
                    and session.held_credits > 0
                    and not peer_exchange.is_expired_request(session.status::text, session.requested_at,
                                                             session.expires_at)), 0)::bigint) as will_take,
       -- What she has not accepted may never come.
       peer_exchange.whole_credits(coalesce((select sum(session.held_credits)
                   from public.client_sessions as session
                  where session.therapist_id = $1
                    and session.is_peer_booking
                    and session.held_credits > 0
                    and session.status::text not in ('pending_approval', 'expired')), 0)::bigint) as will_bring,
       peer_exchange.day_begins_at($2, hours.timezone)     as since,
       peer_exchange.day_begins_at($3 + 1, hours.timezone) as until
  from peer_exchange.hours_of($1) as hours
  left join public.credits as account on account.user_id = $1
 limit 1
