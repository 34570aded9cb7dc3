-- With a retention of 0 days nothing is written, and what was is purged.
begin;
call story.starts();
select book('Ann', 'Ann') ->> 'error_code' as code;
set local peer_exchange.refusal_retention_days = 0;
select book('Ann', 'Ann') ->> 'error_code' as code;
select count(*) from refusals();
select peer_exchange.purge_refusals() as purged;
select count(*) from refusals();

-- Then they work in a read-only transaction, too.
set transaction read only;
select create_peer_booking(null, null, null, null, null, null) ->> 'error_code' as code;
rollback;
