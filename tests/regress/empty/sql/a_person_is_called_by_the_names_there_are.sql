select first_name, last_name, peer_exchange.full_name(first_name, last_name), peer_exchange.display_name(first_name, last_name)
  from (values ('Ann', 'Ash'), ('Ann', null), (null, 'Ash'), ('  Ann', ' '), ('', 'Ash'), (null, '  '), (null, null))
       as person (first_name, last_name);
