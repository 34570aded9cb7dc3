-- A trigger of the application may have its say about a product. One that it keeps from being written is no product that is not hers.
begin;
call story.starts();
call signs_in('Ben');
create function meddles() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'name'       then new.name := upper(new.name);
    when 'cost'       then new.credit_cost := 40;
    when 'nameless'   then new.name := null;
    when 'suppressed' then return null;
  end case;
  return new;
end $$;
create function tries(change text, product uuid) returns text language plpgsql as $$
declare
  told jsonb;
begin
  execute format('create trigger meddles before insert or update on practitioner_products for each row execute function meddles(%L)', change);
  told := save_product(product, 'Massage', 60, 50)::jsonb;
  raise exception using errcode = 'UNDO0', message = coalesce(told ->> 'error_code', (told - 'product_id')::text);
exception
  when sqlstate 'UNDO0' then return sqlerrm;
  when others then return sqlstate || ' ' || sqlerrm;
end $$;
select save_product(null, 'Massage') ->> 'product_id' as product \gset
select change, tries(change, null) as added, tries(change, :'product') as changed, tries(change, id('Nemo')) as of_nobody
  from unnest(array['name', 'cost', 'nameless', 'suppressed']) as change;
select name, duration_minutes, credit_cost from practitioner_products;
rollback;
