import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { rows } from './lib/database.mjs';
import { argumentsOf, functions, refusalCodes } from './lib/schemas.mjs';

test('of what PostgREST finds, with the arguments that it takes', async () => {
  const found = await rows(`
    select function.proname as name,
           (select coalesce(json_agg(json_build_object(
                     'argument', argument.name,
                     'optional', argument.position > function.pronargs - function.pronargdefaults)
                     order by argument.position), '[]')
              from unnest(function.proargnames[:function.pronargs]) with ordinality as argument(name, position)) as arguments
      from peer_exchange.functions() as known
      join pg_proc as function
        on function.oid = to_regprocedure(format('public.%I(%s)', known.name, known.arguments))
     where known.is_in_public
     order by 1`);
  assert.deepEqual(
    found,
    functions.map((name) => ({ name, arguments: argumentsOf(name) })),
  );
});

test('and so has every refusal of the reference', async () => {
  const reference = await readFile('docs/reference.md', 'utf8');
  const [, section] = reference.split('\n## Refusals\n');
  const documented = section.split('\n## ')[0].matchAll(/^\| `([A-Z_]+)` \|/gm);
  assert.deepEqual(refusalCodes().sort(), Array.from(documented, ([, code]) => code).sort());
});
