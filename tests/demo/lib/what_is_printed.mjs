// Takes what a demo has printed, word by word, and uses it. Its text comes on standard input.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { createClient } from '@supabase/supabase-js';

const printed = await text(process.stdin);

/** What stands behind a word at the beginning of a line. */
function line(what) {
  const found = printed.match(new RegExp(`^${what}: +(.+)$`, 'm'));
  assert.ok(found, `nothing is printed about ${what}:\n${printed}`);
  return found[1];
}

const shell = (command, input) => execFileSync('sh', ['-c', command], { input, encoding: 'utf8' });
const balances = (client) => client.from('credits').select('balance');

const ann = new Function('createClient', `return ${line('supabase-js')}`)(createClient);
const own = await balances(ann);
assert.equal(own.error, null);
assert.equal(own.data.length, 1, 'Ann sees her own balance');

const sameAnn = createClient(line('URL'), line("Ann's token"));
assert.deepEqual((await balances(sameAnn)).data, own.data, "Ann's token is that of the line");

const service = createClient(line('URL'), line("Service's token"));
const all = await balances(service);
assert.equal(all.error, null);
assert.ok(all.data.length > 1, 'the service sees all balances');

const statement = JSON.parse(shell(line('curl')));
assert.equal(statement.balance, own.data[0].balance, 'curl reads the statement of the same person');

const counted = shell(line('psql'), '\\pset tuples_only\n\\pset format unaligned\nselect count(*) from public.credits;');
assert.equal(counted.trim().split('\n').at(-1), String(all.data.length), 'psql is in the same database');
