select attempts, peer_exchange.retry_delay(attempts) from unnest(array[null, -1, 0, 1, 2, 3, 8, 10, 11, 100, 2147483647]) as attempts;

begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
set local peer_exchange.max_delivery_attempts = 3;
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
delete from notifications where type <> 'peer_credits_earned';
create function pg_temp.fails(reason text) returns text
language sql
as $$
  select case when next_attempt is null then 'never'
              when next_attempt < now() + interval '30 seconds' then 'too early'
              when next_attempt < now() + interval '60 seconds' then 'after half a minute'
              when next_attempt < now() + interval '90 seconds' then 'after a minute'
              else 'too late' end
    from notifications, peer_exchange.fail_notification(id, reason) as next_attempt
$$;
select attempt from claim();
select pg_temp.fails('connection refused') as next_attempt;
select count(*) as due from claim();
call leases_end();
select attempt from claim();
select pg_temp.fails('connection refused') as next_attempt;
call leases_end();
select attempt from claim();
select pg_temp.fails('550 no such mailbox') as next_attempt;
select count(*) as due from claim();
select * from outbox;
select pg_temp.fails('given up already') as next_attempt;

-- Somebody has mended the mailbox.
select peer_exchange.requeue_notifications(array(select id from notifications)) as requeued;
select peer_exchange.requeue_notifications(array(select id from notifications)) as once_more;
select attempt from claim();

-- Whatever a worker says of the reason.
select pg_temp.fails(null) as next_attempt;
select error from outbox;
select pg_temp.fails(repeat('x', 5000)) as next_attempt;
select length(error) from outbox;
select peer_exchange.fail_notification(id('Nobody'), 'unknown') as next_attempt;
rollback;
