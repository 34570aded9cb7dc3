-- The zone is the one that the recipient has published, the language what the application keeps of her.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
call give('Ann', 300);
insert into practitioner_availability (user_id, timezone) values (id('Ann'), 'Europe/Madrid')
    on conflict (user_id) do update set timezone = excluded.timezone;
create view pg_temp.told as
select who(recipient_id) as person, language, timezone from peer_exchange.claim_notifications() order by 1;

savepoint booked;
select book('Ann', 'Ben') -> 'success' as booked;
select * from pg_temp.told;
rollback to booked;

alter table users add column locale text, add column preferred_language json;
update users set preferred_language = '"pt_BR"', locale = 'de_AT.UTF-8' where id = id('Ann');
update users set preferred_language = '{"first": "de"}', locale = 'de_AT.UTF-8' where id = id('Ben');
select book('Ann', 'Ben') -> 'success' as booked;
select * from pg_temp.told;
rollback to booked;

-- What reads like no language is none.
alter table users add column language text;
update users set language = repeat('x', 1000000) where id = id('Ann');
update users set language = '../en' where id = id('Ben');
select book('Ann', 'Ben') -> 'success' as booked;
select * from pg_temp.told;
rollback;
