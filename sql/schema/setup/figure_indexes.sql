-- Indexes for the figures. A booking pays next to nothing for them: block ranges are told apart by the time
-- at which rows were written, which is the order in which they lie, and the others hold sessions alone of which
-- something was said later.
create function peer_exchange.wanted_figure_indexes() returns setof peer_exchange.wanted_index
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('credit_transactions_created_idx', 'credit_transactions', 'brin', array['created_at'], false, null,
     'Figures: the ledger of some days.'),
    ('notifications_created_idx', 'notifications', 'brin', array['created_at'], false, null,
     'Figures: the notifications of some days.'),
    ('client_sessions_cancelled_idx', 'client_sessions', 'btree', array['cancelled_at'], false,
     'is_peer_booking and cancelled_at is not null',
     'Figures: the cancellations of some days.'),
    ('client_sessions_requested_idx', 'client_sessions', 'btree', array['requested_at'], false, 'requested_at is not null',
     'Figures: the requests of some days.')
$$;

comment on function peer_exchange.wanted_figure_indexes() is 'The indexes that figures need.';
