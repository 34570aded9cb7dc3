-- A double-entry ledger of this field, in the manner of pgledger and in words of our own: accounts that keep
-- their balance, transfers between two of them, and an entry for either side with the balance before and
-- after. Accounts are locked in the order of their keys; keys grow with time.
create function ordered_key() returns uuid
language sql volatile
as $$
  select encode(
    set_byte(set_byte(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      6, 112 + (random() * 15)::integer), 8, 128 + (random() * 63)::integer), 'hex')::uuid
$$;

create table accounts (
  id                 uuid primary key default ordered_key(),
  name               text not null,
  currency           text not null,
  balance            numeric not null default 0,
  version            bigint not null default 0,
  may_be_negative    boolean not null default true,
  created_at         timestamptz not null default now(),
  check (may_be_negative or balance >= 0)
);

create table transfers (
  id              uuid primary key default ordered_key(),
  from_account_id uuid not null references accounts (id),
  to_account_id   uuid not null references accounts (id),
  amount          numeric not null check (amount > 0),
  created_at      timestamptz not null default now(),
  check (from_account_id <> to_account_id)
);
create index on transfers (from_account_id);
create index on transfers (to_account_id);

create table entries (
  id              uuid primary key default ordered_key(),
  account_id      uuid not null references accounts (id),
  transfer_id     uuid not null references transfers (id),
  amount          numeric not null,
  balance_before  numeric not null,
  balance_after   numeric not null,
  account_version bigint not null,
  created_at      timestamptz not null default now()
);
create index on entries (account_id);
create index on entries (transfer_id);

create function create_transfer(p_from uuid, p_to uuid, p_amount numeric) returns uuid
language plpgsql
set search_path from current
as $$
declare
  v_transfer_id uuid;
  giver         accounts;
  receiver      accounts;
begin
  if p_from = p_to then
    raise check_violation using message = 'a transfer needs two accounts';
  elsif p_amount <= 0 then
    raise check_violation using message = 'a transfer needs a positive amount';
  end if;
  perform from accounts where id in (p_from, p_to) order by id for no key update;
  update accounts set balance = balance - p_amount, version = version + 1 where id = p_from returning * into giver;
  update accounts set balance = balance + p_amount, version = version + 1 where id = p_to returning * into receiver;
  if giver.currency is distinct from receiver.currency then
    raise check_violation using message = 'both accounts must exist and be of one currency';
  end if;
  insert into transfers (from_account_id, to_account_id, amount)
  values (p_from, p_to, p_amount)
  returning id into v_transfer_id;
  insert into entries (account_id, transfer_id, amount, balance_before, balance_after, account_version)
  values (p_from, v_transfer_id, -p_amount, giver.balance + p_amount, giver.balance, giver.version),
         (p_to, v_transfer_id, p_amount, receiver.balance - p_amount, receiver.balance, receiver.version);
  return v_transfer_id;
end $$;
