-- However much there is in front that nobody is to be told any more, an empty answer means that nothing is due.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
insert into notifications (recipient_id, type, delivery_due_at)
select id('Dee'), 'peer_inactive', now() - interval '1 hour' from generate_series(1, 30000);
insert into notifications (recipient_id, type, delivery_due_at) values (id('Ann'), 'peer_alive', now());
-- As autovacuum does; it may have looked while there was nothing yet.
analyze notifications;
select * from claim(1);
select delivery_error, count(*) from notifications where recipient_id = id('Dee') group by 1;
select * from claim(1);
rollback;

-- Nor does what waits for something earlier.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
insert into notifications (id, recipient_id, type, payload, delivery_due_at, delivery_attempts)
select format('00000000-0000-0000-0000-%s', lpad(n::text, 12, '0'))::uuid, id('Ben'), 'peer_booking_cancelled_refunded',
       jsonb_build_object('session_id', gen_random_uuid()), now() + interval '1 minute', 1
  from generate_series(1, 2000) as n;
insert into notifications (recipient_id, type, payload, delivery_due_at)
select recipient_id, type, payload, now() - interval '1 hour' from notifications;
insert into notifications (recipient_id, type, delivery_due_at) values (id('Ann'), 'peer_alive', now());
analyze notifications;
select * from claim(1);
select * from claim(1);
-- When the earlier ones are done with, the later ones are due.
select sum(peer_exchange.ack_notifications(ids)) as delivered
  from (select array_agg(id) as ids from notifications where delivery_attempts = 1 and recipient_id = id('Ben')
         group by delivery_due_at, id::text > '00000000-0000-0000-0000-000000001000') as page;
select count(*) as due from notifications where delivery_due_at <= now();
rollback;

-- A trigger of the application that lets nothing be closed ends in an empty answer, not in none.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
insert into notifications (recipient_id, type, delivery_due_at) values (id('Dee'), 'peer_inactive', now());
create function pg_temp.keeps() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger keeps before update on notifications for each row execute function pg_temp.keeps();
select * from claim();
rollback;
