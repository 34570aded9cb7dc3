-- As a version between releases left them.
begin;
create index client_sessions_held_client_idx on client_sessions (client_id) where held_credits > 0;
create index client_sessions_no_show_idx on client_sessions (no_show_reported_at) where no_show_reported_at is not null;
create index client_sessions_disputed_idx on client_sessions (disputed_at) where disputed_at is not null;
drop index client_sessions_request_idx;
create index client_sessions_request_idx on client_sessions (expires_at) where held_credits > 0 and accepted_at is null;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged' order by object;
select object, action, detail from peer_exchange.setup() where action <> 'unchanged';
rollback;
