-- $2 the session. Nobody else's is hers.
select mine.*
  from mine
 where mine.id = $2
