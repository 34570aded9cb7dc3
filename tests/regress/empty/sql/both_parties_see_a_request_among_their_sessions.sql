begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call signs_in('Ann');
select session ->> 'status' as status, session -> 'held_credits' as held, session -> 'can_accept' as can_accept, session -> 'can_cancel' as can_cancel,
       session -> 'can_reschedule' as can_move, session ->> 'expires_at' is not null as expires, session -> 'refund_now' as refund
  from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
call signs_in('Ben');
select session ->> 'status' as status, session -> 'held_credits' as held, session -> 'can_accept' as can_accept, session -> 'can_cancel' as can_cancel
  from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
select reschedule_peer_booking(story.session('Ann', 'Ben'), monday(), '12:00') -> 'details' as moved;
select accept('Ann', 'Ben') -> 'success' as accepted;
select session ->> 'status' as status, session -> 'held_credits' as held, session -> 'can_accept' as can_accept, session -> 'expires_at' as expires
  from json_array_elements(get_my_peer_sessions() -> 'sessions') as session;
rollback;

begin;
call story.starts();
call give('Ann', 100);
select ask('Ann', 'Ben') -> 'success' as asked;
call requests_run_out();
call signs_in('Ben');
select get_my_peer_sessions() -> 'sessions' as upcoming;
select session ->> 'status' as status, session -> 'can_accept' as can_accept
  from json_array_elements(get_my_peer_sessions('past') -> 'sessions') as session;
rollback;
