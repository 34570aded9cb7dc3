-- $1 practitioner.
select policy.*
  from peer_exchange.policy_of($1) as policy
