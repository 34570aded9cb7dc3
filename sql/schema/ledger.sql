-- How a row of the ledger is read. Postgres inlines these functions.

create function peer_exchange.is_debit(p_transaction_type text) returns boolean
language sql immutable
as $$
  select p_transaction_type in ('session_payment', 'session_earning_reversal')
$$;

comment on function peer_exchange.is_debit(text) is
  'Whether an entry of this type takes its amount away.';

create function peer_exchange.is_hold(p_transaction_type text) returns boolean
language sql immutable
as $$
  select p_transaction_type in ('session_hold', 'session_hold_release')
$$;

comment on function peer_exchange.is_hold(text) is
  'Whether an entry of this type keeps credits for a session or sets them free again: they are the person''s own throughout.';

-- What an application writes by types of its own counts as a correction, as figures count it.
create function peer_exchange.entry_kind(p_transaction_type text) returns text
language sql immutable
as $$
  select case
           when p_transaction_type = 'session_earning' then 'earned'
           when p_transaction_type = 'session_payment' then 'spent'
           when peer_exchange.is_hold(p_transaction_type) then 'held'
           when p_transaction_type in ('refund', 'session_earning_reversal') then 'refunded'
           when p_transaction_type = 'bonus' then 'granted'
           else 'adjusted'
         end
$$;

comment on function peer_exchange.entry_kind(text) is
  'What an entry of this type is in a statement: each is exactly one of earned, spent, held, refunded, granted and adjusted.';

-- Inlined by Postgres wherever it is called, like what is built on it: an argument that is more than a column and a cast is
-- used once in each.
create function peer_exchange.countable(p_credits bigint) returns bigint
language sql immutable
as $$
  select case when p_credits is not null then least(greatest(p_credits, -9007199254740991), 9007199254740991) end
$$;

comment on function peer_exchange.countable(bigint) is
  'Credits of which many can be added up, whatever an application has stored in a bigint: at most 2^53 - 1 either way, which is what JSON clients read exactly.';

create function peer_exchange.as_told(p_credits bigint, p_largest bigint) returns bigint
language sql immutable
as $$
  select least(greatest(p_credits, -p_largest - 1), p_largest)
$$;

comment on function peer_exchange.as_told(bigint, bigint) is
  'Credits as far as a column of the ledger can tell them whose largest number this is: an application may keep balances in larger ones.';

create function peer_exchange.worth(p_balance bigint, p_held bigint, p_owed bigint) returns bigint
language sql immutable
as $$
  select peer_exchange.countable(p_balance) + coalesce(peer_exchange.countable(p_held), 0)
         - coalesce(peer_exchange.countable(p_owed), 0)
$$;

comment on function peer_exchange.worth(bigint, bigint, bigint) is
  'What a person has in credits, spendable or held, less what is owed: grants and adjustments alone change the sum of everybody''s.';

create function peer_exchange.whole_credits(p_credits bigint) returns integer
language sql immutable
as $$
  select least(greatest(coalesce(p_credits, 0), -2147483648), 2147483647)::integer
$$;

comment on function peer_exchange.whole_credits(bigint) is
  'Credits as they are told, whatever an application has stored: 0 for none. What is decided on is never drawn to a bound.';

create function peer_exchange.held_change(p_held_before bigint, p_held_after bigint) returns bigint
language sql immutable
as $$
  select coalesce(peer_exchange.countable(p_held_after), 0) - coalesce(peer_exchange.countable(p_held_before), 0)
$$;

comment on function peer_exchange.held_change(bigint, bigint) is
  'By how much an entry changed what is held: what stood after it less what stood before; 0 where an older generation wrote neither.';

create function peer_exchange.credits_moved(
  p_transaction_type text, p_amount bigint, p_before bigint, p_after bigint)
returns bigint
language sql immutable
as $$
  select coalesce(p_after - p_before,
                  case
                    when peer_exchange.is_hold(p_transaction_type) then 0
                    when peer_exchange.is_debit(p_transaction_type) then -abs(peer_exchange.countable(p_amount))
                    else peer_exchange.countable(p_amount)
                  end)
$$;

comment on function peer_exchange.credits_moved(text, bigint, bigint, bigint) is
  'What an entry moved: what stood after it less what stood before, or, where an older generation did not write that down, its amount with the sign of its type.';
