-- Every request here breaks at least two rules; the one that stands first in the contract answers.
-- The whole table is a unit test of the rules.
begin;
call story.starts();
call give('Ann', 10);
insert into calendar_events (user_id, title, start_time, end_time)
values (id('Ben'), 'Away', monday() + time '10:00', monday() + time '11:00');
insert into practitioner_availability (user_id, working_hours)
values (id('Ben'), '{"monday": {"enabled": true, "start": "09:00", "end": "17:00"}}');

select requested, reply ->> 'error_code' as code, reply -> 'credit_cost' as cost
  from (values
    ('no session type, no duration',  plain(create_peer_booking(id('Ann'), id('Ann'), monday(), '10:00', 0, ' '))),
    ('no duration, herself',          book('Ann', 'Ann', minutes => 0)),
    ('herself, who does not exist',   book('Nobody', 'Nobody')),
    ('neither exists',                book('Nobody', 'Nemo')),
    ('a client, nobody',              book('Eli', 'Nobody')),
    ('a client, somebody inactive',   book('Eli', 'Dee')),
    ('inactive, a client',            book('Dee', 'Eli')),
    ('inactive, no such product',     book('Ann', 'Dee', product => id('Nobody'))),
    ('no such product, in the past',  book('Ann', 'Ben', product => id('Nobody'), day => date '2000-01-01')),
    ('in the past, outside hours',    book('Ann', 'Ben', '20:00', day => date '2000-01-03')),
    ('too far ahead, outside hours',  book('Ann', 'Ben', '20:00', day => monday(104))),
    ('outside hours, blocked',        book('Ann', 'Ben', '08:30')),
    ('outside hours, too dear',       book('Ann', 'Ben', '20:00')),
    ('blocked, too dear',             book('Ann', 'Ben'))
  ) as request (requested, reply);

-- Both are engaged elsewhere: the practitioner's engagement answers.
delete from calendar_events;
call inserts('Cyd', 'Ben', '10:00');
select book('Ann', 'Ben') ->> 'error_code' as code;
call inserts('Eli', 'Ann', '10:00', is_peer_booking => false);
select book('Ann', 'Ben') ->> 'error_code' as code;
delete from client_sessions where therapist_id = id('Ben');
select book('Ann', 'Ben') ->> 'error_code' as code;
delete from client_sessions;
select book('Ann', 'Ben') ->> 'error_code' as code;
select count(*) as events from refusals();
rollback;
