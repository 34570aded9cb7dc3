-- Ann receives from Ben; one of the two leaves, whatever has become of their session.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 100);
select book('Ann', 'Ben') -> 'success' as booked;
create procedure pg_temp.is_deleted(person text)
language sql
as $$
  delete from users where id = story.id(person)
$$;
savepoint booked;

-- Not begun: all goes back.
call pg_temp.is_deleted('Ben');
select * from accounts();
select * from messages where type like 'peer\_session%' or type like '%refunded';
select books_balance();
rollback to booked;

-- Begun: it has taken place.
call begins_in('Ann', 'Ben', interval '-1 hour');
savepoint begun;
call pg_temp.is_deleted('Ann');
select * from accounts();
select * from messages where type like 'peer\_session%';
select books_balance();
rollback to begun;
call pg_temp.is_deleted('Ben');
select * from accounts();
select * from messages where type like 'peer\_session%';
select books_balance();
rollback to begun;

-- Reported by the client: all goes back to her.
call signs_in('Ann');
select report('Ann', 'Ben') ->> 'status' as status;
call signs_in(null);
savepoint reported;
call pg_temp.is_deleted('Ben');
select * from accounts();
select * from messages where type like 'peer\_session%';
select books_balance();
rollback to reported;
call pg_temp.is_deleted('Ann');
select * from accounts();
select books_balance();
rollback to reported;

-- Disputed: whoever stays is right.
call signs_in('Ben');
select complete('Ann', 'Ben') ->> 'status' as status;
call signs_in(null);
savepoint disputed;
call pg_temp.is_deleted('Ben');
select * from accounts();
select * from messages where type like 'peer\_session\_settled';
select books_balance();
rollback to disputed;
call pg_temp.is_deleted('Ann');
select * from accounts();
select * from messages where type like 'peer\_session\_settled';
select books_balance();
rollback;

-- Who is only deactivated leaves what is over to the job; what has not begun is given back.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-25 hours');
select book('Ann', 'Ben', '14:00') -> 'success' as booked;
update users set is_active = false where id = id('Ben');
select * from accounts();
select peer_exchange.settle_due_sessions();
select * from accounts();
select books_balance();
rollback;

-- What an application has written down as held, for no session, keeps nobody from being deleted.
begin;
call story.starts();
call give('Ann', 10);
select id('Ann') as ann \gset
update credits set held = 5 where user_id = :'ann';
delete from users where id = :'ann';
select transaction_type, amount, held_before, held_after from credit_transactions where user_id = :'ann' order by created_at;
select count(*) as accounts from credits where user_id = :'ann';
rollback;
