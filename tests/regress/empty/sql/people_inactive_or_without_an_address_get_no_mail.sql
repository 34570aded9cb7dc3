begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
insert into notifications (recipient_id, type, delivery_due_at) values
  (id('Nobody'), 'peer_nobody', now()), (null, 'peer_null', now()), (id('Dee'), 'peer_inactive', now());
update users set email = ' ' where id = id('Ben');
-- Those that are closed take nobody's place.
select * from claim(1);
select * from claim(1);
select * from claim(1);
select * from outbox;
rollback;
