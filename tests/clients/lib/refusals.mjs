// What every refusal has in common: it is a reply, and it leaves no trace but one event.
import assert from 'node:assert/strict';
import { refused } from './bookings.mjs';
import { rows } from './database.mjs';
import { balanceOf, tracesOf } from './ledger.mjs';

/** Asks, and finds the reply as expected, one event more and everything else as it was. */
export async function turnedDown(request, people, expected) {
  const before = await tracesOf(...people);
  const balances = await Promise.all(people.map(balanceOf));
  const remembered = await events();
  const reply = await refused(request(), expected.error_code);
  assert.deepEqual(reply, { success: false, details: {}, ...expected });
  assert.deepEqual(await tracesOf(...people), before);
  assert.deepEqual(await Promise.all(people.map(balanceOf)), balances);
  assert.deepEqual(await events(), [...remembered, expected.error_code]);
}

/** The codes of all refusals until now. */
async function events() {
  const found = await rows('select error_code from peer_exchange.refusals order by id');
  return found.map((event) => event.error_code);
}
