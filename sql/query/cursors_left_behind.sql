-- Whether a cursor has been made by this call that outlives the transaction.
select exists (select from pg_cursors where is_holdable and creation_time >= statement_timestamp()) as are_left_behind
