-- Today and the days before it, in the time zone of the setting, as many as it says.
begin;
call story.starts();
set local peer_exchange.refusal_retention_days = 3;
set local peer_exchange.timezone = 'Pacific/Kiritimati';
-- The day there that began two days before today's.
create temporary table edge on commit drop as
select ((now() at time zone 'Pacific/Kiritimati')::date - 2)::timestamp at time zone 'Pacific/Kiritimati' as instant;

insert into peer_exchange.refusals (rpc, error_code, refused_at)
select 'create_peer_booking', code, moment
  from edge,
       lateral (values ('LAST_YEAR', instant - interval '1 year'), ('BEFORE', instant - interval '1 microsecond'),
                       ('EDGE', instant), ('NOW', now())) as refusal (code, moment);
select peer_exchange.refusals_kept_from() = instant as kept_from_the_edge from edge;
select peer_exchange.purge_refusals() as purged;
select code from refusals();
select peer_exchange.purge_refusals() as purged;

-- Only today.
set local peer_exchange.refusal_retention_days = 1;
select peer_exchange.purge_refusals() as purged;
select code from refusals();
rollback;
