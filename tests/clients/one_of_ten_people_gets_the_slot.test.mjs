import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booking, charge, session } from './lib/bookings.mjs';
import { rows } from './lib/database.mjs';
import { balanceOf, tracesOf } from './lib/ledger.mjs';
import { newPerson } from './lib/people.mjs';

const newCrowd = () => Promise.all(Array.from({ length: 10 }, () => newPerson({ credits: 60 })));

test('booked at once by ten, the others are told that it is taken and keep their credits', async () => {
  const [ben, crowd] = [await newPerson(), await newCrowd()];
  const answers = await Promise.all(
    crowd.map((ann) => ann.client.rpc('create_peer_booking', booking(ann, ben))),
  );
  assert.deepEqual(
    answers.map((answer) => answer.status),
    Array(10).fill(200),
  );
  const won = answers.filter((answer) => answer.data.success);
  const lost = answers.filter((answer) => answer.data.error_code === 'SLOT_CONFLICT');
  assert.deepEqual([won.length, lost.length], [1, 9]);

  assert.deepEqual(await tracesOf(ben), { sessions: 1, entries: 1, notifications: 2 });
  assert.equal(await balanceOf(ben), 60);
  const balances = await Promise.all(crowd.map(balanceOf));
  assert.deepEqual(balances.sort(), [0, ...Array(9).fill(60)]);
});

test('inserted at once by ten older clients, one row is there and can be charged', async () => {
  const [ben, crowd] = [await newPerson(), await newCrowd()];
  const answers = await Promise.all(
    crowd.map((ann) =>
      ann.client.from('client_sessions').insert(session(ann, ben)).select('id, client_id').single(),
    ),
  );
  const codes = answers.map(({ status, error }) => `${status} ${error?.code ?? ''}`).sort();
  assert.deepEqual(codes, ['201 ', ...Array(9).fill('400 23P01')]);
  const { data: won } = answers.find((answer) => answer.status === 201);
  const winner = crowd.find((ann) => ann.id === won.client_id);
  assert.equal((await charge(winner, ben, won.id)).data.success, true);
  assert.deepEqual(await rows(`select id from public.client_sessions where therapist_id = '${ben.id}'`), [
    { id: won.id },
  ]);
});

test('one person wants ten slots with credits for one', async () => {
  const [ann, crowd] = [await newPerson({ credits: 60 }), await newCrowd()];
  const answers = await Promise.all(
    crowd.map((ben, index) =>
      ann.client.rpc('create_peer_booking', booking(ann, ben, { p_start_time: `${10 + index}:00` })),
    ),
  );
  const codes = answers.map((answer) => answer.data.error_code ?? 'booked').sort();
  assert.deepEqual(codes, [...Array(9).fill('INSUFFICIENT_CREDITS'), 'booked']);
  assert.equal(await balanceOf(ann), 0);
});
