begin;
call story.starts();
call give('Ann', 1000);
create function pg_temp.refund_of(status_now text, hour integer) returns jsonb
language plpgsql
as $$
begin
  perform book('Ann', 'Ben', make_time(hour, 0, 0));
  update client_sessions set status = status_now where start_time = make_time(hour, 0, 0);
  return refund('Ann', 'Ben', make_time(hour, 0, 0));
end $$;
select pg_temp.refund_of('completed', 8)    as completed;
select pg_temp.refund_of('in_progress', 10) as in_progress;
select pg_temp.refund_of('no_show', 12)     as no_show;
select pg_temp.refund_of('confirmed', 14) -> 'refunded_credits' as confirmed;

-- Neither what is not there, nor what is not between peers.
call inserts('Eli', 'Ben', '16:00', is_peer_booking => false);
select world() as before \gset
select plain(process_peer_booking_refund(id('Nobody'))) as unknown;
select refund('Eli', 'Ben', '16:00') as not_of_peers;
select world() = :'before' as nothing_was_written;
select books_balance();
rollback;
