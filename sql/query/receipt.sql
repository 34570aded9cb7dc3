-- $1 session. What it cost and how it moved both balances, as the ledger has it; no row where the
-- session was never charged. Which of its charges, follows in first_charge.sql or charge_in_force.sql.
select charge.*
  from peer_exchange.charges_of($1) as charge
