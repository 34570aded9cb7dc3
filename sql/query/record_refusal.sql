-- $1 RPC, $2 code, $3 client, $4 practitioner, $5 session, as they were named.
insert into peer_exchange.refusals (rpc, error_code, client_id, practitioner_id, session_id)
values ($1, $2, $3, $4, $5)
returning id
