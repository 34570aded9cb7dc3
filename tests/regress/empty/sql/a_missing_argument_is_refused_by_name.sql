-- NULL in each argument of each RPC, and a session type that says nothing.
begin;
call story.starts();
call give('Ann', 100);
select world() as before \gset

select argument, plain(reply) as reply
  from (values
    ('client',       create_peer_booking(null, id('Ben'), monday(), '10:00', 60, 'massage')),
    ('practitioner', create_peer_booking(id('Ann'), null, monday(), '10:00', 60, 'massage')),
    ('date',         create_peer_booking(id('Ann'), id('Ben'), null, '10:00', 60, 'massage')),
    ('time',         create_peer_booking(id('Ann'), id('Ben'), monday(), null, 60, 'massage')),
    ('duration',     create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', null, 'massage')),
    ('type',         create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, null)),
    ('empty type',   create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, '')),
    ('blank type',   create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, E' \t\n ')),
    ('all',          create_peer_booking(null, null, null, null, null, null))
  ) as booking (argument, reply);

select argument, plain(reply) as reply
  from (values
    ('client',       process_peer_booking_credits(null, id('Ben'), id('Nobody'), 60)),
    ('practitioner', process_peer_booking_credits(id('Ann'), null, id('Nobody'), 60)),
    ('session',      process_peer_booking_credits(id('Ann'), id('Ben'), null, 60)),
    ('duration',     process_peer_booking_credits(id('Ann'), id('Ben'), id('Nobody'), null))
  ) as charge (argument, reply);

select plain(process_peer_booking_refund(null));
select plain(process_peer_booking_refund(null, null));

select world() = :'before' as nothing_was_written;
select count(*) as events, bool_and(code = 'MISSING_PARAMETER') as all_of_them from refusals();
rollback;
