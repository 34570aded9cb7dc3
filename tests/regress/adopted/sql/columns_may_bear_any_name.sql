-- Columns of the application's own that bear names which statements of ours give to rows and values.
begin;
call story.starts();
do $$
declare
  host_table  text;
  column_name text;
begin
  foreach host_table in array array['users', 'client_sessions', 'credits', 'credit_transactions', 'notifications'] loop
    foreach column_name in array array['person', 'person_id', 'stored', 'unread', 'made_at', 'is_client', 'counterpart_id', 'due',
                                       'looked_at', 'passed_over', 'obstacle', 'undelivered', 'confirmation', 'later_ids',
                                       'earlier_ids', 'is_everything', 'is_period', 'is_given_up', 'is_unanswered', 'roles',
                                       'since', 'default_zone'] loop
      execute format('alter table %I add column %I integer', host_table, column_name);
    end loop;
  end loop;
end $$;
alter table users add column practitioner boolean;
select count(*) > 0 as was_set_up from peer_exchange.setup();
update credits set balance = 30 where user_id = id('Ben');
set peer_exchange.delivery = 'queue';
set peer_exchange.opt_in_column = 'treatment_exchange_opt_in';
update users set treatment_exchange_opt_in = true, location = 'Leeds';
call give('Ann', 100);
-- Who has nothing yet.
call give('Cyd', 100);
select book('Ann', 'Ben') -> 'success' as booked;
select ask('Cyd', 'Ben', '14:00') -> 'success' as asked;
select peer_exchange.allocate_credits(10, 'Monthly credits', '2026-11');

call signs_in('Ann');
select search_peer_practitioners(p_location => 'leeds') -> 'practitioners' -> 0 ->> 'name' as found;
select get_my_practice() ->> 'location' as works_in;
select set_practice_profile('York') ->> 'location' as works_in;
select get_credit_statement() -> 'entries' -> 0 -> 'credits' as latest;
select get_my_peer_sessions() -> 'sessions' -> 0 -> 'counterpart' ->> 'name' as booked;
select get_peer_session(session('Ann', 'Ben')) -> 'session' -> 'history' -> 0 ->> 'event' as event;
select get_session_calendar(session('Ann', 'Ben')) -> 'success' as told;
select mark_notifications_read(array(select id from notifications where recipient_id = id('Ann'))) as marked;
call signs_in('Cyd');
select refund('Cyd', 'Ben') -> 'success' as withdrawn;
call signs_in(null);

select person, type from claim();
select peer_exchange.ack_notifications(array(select id from notifications)) as delivered;
select count(*) as discrepancies from peer_exchange.verify_ledger();
select count(*) as wrong from peer_exchange.verify_people();
select name from peer_exchange.inactivity_figures();
select count(*) > 0 as counted from peer_exchange.cancellation_figures();
rollback;
