begin;
call story.starts();
call give('Ann', 200);
call give('Ben', 200);
update users set first_name = null, last_name = '  ' where id = id('Ann');
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ben', 'Ann', '12:00') -> 'success' as booked;
select refund('Ann', 'Ben', '10:00') -> 'success' as refunded;
select plain(reschedule_peer_booking(session('Ben', 'Ann'), monday(), '14:00')) -> 'success' as moved;
select count(*) as notifications, count(*) filter (where notifications::text like '%ann@%') as with_her_address
  from notifications where recipient_id <> id('Ann');
select distinct title collate "C" as title, regexp_replace(body, '\d+ \w+ \d{4}', 'a day', 'g') as body from notifications where recipient_id = id('Ben') and body like '%colleague%' order by 1, 2;
call signs_in('Ben');
select get_my_peer_sessions('all') -> 'sessions' -> 0 -> 'counterpart' ->> 'name' as in_lists, search_peer_practitioners()::text like '%ann@%' as in_search,
       get_credit_statement()::text like '%ann@%' as in_statements;
rollback;
