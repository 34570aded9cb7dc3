-- A project whose application settles its exchanges by itself, and goes on promising what it promised.
\ir ../fixtures/supabase_roles.sql
\ir ../fixtures/self_settling_app.sql
create extension peer_exchange cascade;
select * from peer_exchange.setup();
-- What the application's own generations left in the books: payments that nobody earned, awards that nobody paid.
create schema adoption;
create table adoption.findings as select * from peer_exchange.verify_ledger();
create table adoption.surplus as
select (select sum(balance + held - owed) from public.credits)
       - (select sum(amount) from public.credit_transactions where transaction_type = 'bonus') as credits;
