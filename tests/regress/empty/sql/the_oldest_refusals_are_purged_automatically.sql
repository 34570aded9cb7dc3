-- With every hundredth refusal two hundred of the oldest are looked at, and go if they are too old. Under stricter levels of
-- isolation a call leaves that to others.
begin isolation level read committed;
call story.starts();
insert into peer_exchange.refusals (rpc, error_code, refused_at)
select 'create_peer_booking', 'OLD', now() - interval '91 days' from generate_series(1, 300);
insert into peer_exchange.refusals (rpc, error_code, refused_at)
select 'create_peer_booking', 'KEPT', now() from generate_series(1, 300);
-- The next number is the ninety-ninth of its hundred.
select count(setval('peer_exchange.refusals_id_seq', 100000 + 98)) as was_set;
create function story.kept() returns table (code text, number bigint) language sql as $$
  select error_code, count(*) from peer_exchange.refusals group by error_code order by error_code
$$;

select book('Ann', 'Ann') ->> 'error_code' as code;
select * from kept();
select book('Ann', 'Ann') ->> 'error_code' as code;
select * from kept();
select book('Ann', 'Ann') ->> 'error_code' as code;
select * from kept();
select count(setval('peer_exchange.refusals_id_seq', 100000 + 199)) as was_set;
select book('Ann', 'Ann') ->> 'error_code' as code;
select * from kept();

-- Five million numbers back is too far, however young.
select count(setval('peer_exchange.refusals_id_seq', 6000000 - 1)) as was_set;
select book('Ann', 'Ann') ->> 'error_code' as code;
select * from kept();
rollback;
