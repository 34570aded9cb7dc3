-- The table belongs to the application; where there is none, everything is wanted.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 300);
create table public.notification_preferences (user_id uuid primary key, in_app boolean, email boolean);
insert into public.notification_preferences values (id('Ann'), true, false), (id('Ben'), false, true);
select book('Ann', 'Ben') -> 'success' as booked;
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
select * from claim();
select * from outbox;
select peer_exchange.ack_notifications(array(select id from notifications where recipient_id = id('Ben'))) as delivered;
select * from outbox;
rollback;

-- Neither here nor there, and nothing said.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
create table public.notification_preferences (user_id uuid primary key, in_app boolean, email boolean);
insert into public.notification_preferences values (id('Ann'), false, false), (id('Ben'), null, null);
select book('Ann', 'Ben') -> 'success' as booked;
select * from claim();
select * from outbox;
rollback;

-- A row for one type comes before one for all.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
create table public.notification_preferences (user_id uuid, type text, email boolean);
insert into public.notification_preferences values (id('Ann'), null, false), (id('Ann'), 'peer_credits_deducted', true), (id('Ben'), 'peer_credits_earned', false);
select book('Ann', 'Ben') -> 'success' as booked;
select * from claim();
rollback;

-- Another table of that name is none of our business.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 100);
create table public.notification_preferences (profile_id uuid, email boolean);
select book('Ann', 'Ben') -> 'success' as booked;
select count(*) as claimed from claim();
rollback;
