-- $1 person, $2 and $3 from when until when. All that a peer booking must not overlap, which is more than another session must not.
select engagement.starts_at, engagement.ends_at
  from peer_exchange.engagements_of($1, tstzrange($2, $3), true, null) as engagement
