-- A change in WITH is seen by no other part of its statement, but it holds the row.
begin;
call story.starts();
call give('Ann', 200);
with renamed as (update users set last_name = 'Baker' where id = id('Ann') returning id)
select plain(create_peer_booking(renamed.id, id('Ben'), monday(), '10:00', 60, 'massage')) as booked from renamed;
with renamed as (update users set last_name = 'Clark' where id = id('Ben'))
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage')) -> 'success' as booked;
with moved as (update client_sessions set notes = 'Seen' where start_time = '10:00' returning id)
select plain(process_peer_booking_refund(id)) as refunded from moved;
with given as (update credits set updated_at = now() where user_id = id('Ann') returning user_id)
select plain(peer_exchange.grant_credits(user_id, 5, 'Gift')) - 'user_id' as granted from given;
select * from balances;
select books_balance();
rollback;
