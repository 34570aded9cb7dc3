-- What was in circulation at the end of a day is what there is now, less what has come since.
begin;
call story.starts();
insert into credits (user_id, balance, held, owed) values (id('Ann'), 60, 40, 0), (id('Ben'), 0, 0, 15), (id('Cyd'), 40, 0, 0);
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, owed_before, owed_after, created_at)
values (id('Ann'), 'bonus',                    150, 0,   150,  0, 0,  '2020-03-01'),
       (id('Cyd'), 'bonus',                    20,  0,   20,   0, 0,  '2020-03-02'),
       (id('Ann'), 'session_payment',          60,  150, 90,   0, 0,  '2020-03-03'),
       (id('Ben'), 'session_earning',          60,  0,   60,   0, 0,  '2020-03-03'),
       (id('Ben'), 'adjustment',               15,  60,  45,   0, 0,  '2020-03-04'),
       (id('Ben'), 'session_earning_reversal', 60,  45,  0,    0, 15, '2020-03-05'),
       (id('Ann'), 'refund',                   60,  90,  150,  0, 0,  '2020-03-05');
-- An older generation left out what stood before.
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, created_at)
values (id('Cyd'), 'bonus', 20, null, 40, '2020-03-06'),
       (id('Ann'), 'adjustment', 50, 110, 60, '2020-03-08');
-- What is held is in circulation still.
insert into credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, created_at)
values (id('Ann'), 'session_hold',         60, 150, 90,  0,  60, '2020-03-06'),
       (id('Ann'), 'session_hold_release', 20, 90,  110, 60, 40, '2020-03-07');
select * from peer_exchange.credits_in_circulation;
select * from peer_exchange.credit_figures('2020-02-29', '2020-03-08');
select * from peer_exchange.credit_figures('2020-03-03', '2020-03-04');
-- Both ways of counting meet.
select sum(granted + adjusted) = max(in_circulation) filter (where day = '2020-03-08') as it_adds_up
  from peer_exchange.credit_figures('2020-02-29', '2020-03-08');
select * from peer_exchange.velocity_figures('2020-03-01', '2020-03-04');
select * from peer_exchange.velocity_figures('2020-02-01', '2020-02-28');
rollback;
