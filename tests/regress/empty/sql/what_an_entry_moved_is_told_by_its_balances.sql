-- Of 60 earned, 50 were owed: all of them are hers. A correction's direction is in its balances alone. A row of an older
-- generation has the sign of its type.
select entry.type, entry.amount, entry.before, entry.after,
       peer_exchange.credits_moved(entry.type, entry.amount, entry.before, entry.after) as moved
  from (values
    ('session_payment', 60, 100, 40),
    ('session_earning', 60, -50, 10),
    ('adjustment', 5, 5, 0),
    ('session_payment', 60, null, 0),
    ('session_payment', -60, null, 0),
    ('session_earning_reversal', 60, null, 0),
    ('session_earning', 60, null, 0),
    ('refund', 60, null, 0),
    ('bonus', 60, null, 0),
    ('transfer', -60, null, 0)) as entry (type, amount, before, after);
