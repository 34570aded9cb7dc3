import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, sign } from './lib/clients.mjs';
import { book, fails, refused, succeed } from './lib/bookings.mjs';
import { execute, value } from './lib/database.mjs';
import { newPair, newPerson } from './lib/people.mjs';
import { turnedDown } from './lib/refusals.mjs';

const areKept = await value('select peer_exchange.has_rating_columns()');
/** An application that rates by itself has one test, the others have the rest. */
const [here, elsewhere] = areKept ? [test, () => {}] : [() => {}, test];
const rate = (person, session_id, p_stars, p_comment) =>
  person.client.rpc('rate_peer_session', { p_session_id: session_id, p_stars, p_comment });
const session = async (person, session_id) =>
  (await succeed(person.client.rpc('get_peer_session', { p_session_id: session_id }))).session;

/** A session that took place and ended an hour ago, or so many days before. */
async function afterwards(days = 0) {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  const start = `(now() - interval '2 hours ${days} days') at time zone peer_exchange.time_zone_of(therapist_id)`;
  await execute(`
    update public.client_sessions set session_date = (${start})::date, start_time = (${start})::time where id = '${session_id}'`);
  await succeed(ben.client.rpc('complete_peer_session', { p_session_id: session_id }));
  return { ann, ben, session_id };
}

const found = async (person, { name }) => {
  const { data } = await person.client.rpc('search_peer_practitioners', { p_query: name });
  const { rating, rating_count } = data.practitioners[0];
  return { rating, rating_count };
};

here('its client rates it, with these keys and no others', async () => {
  const { ann, ben, session_id } = await afterwards();
  assert.deepEqual(await found(ann, ben), { rating: null, rating_count: null });
  const before = await session(ann, session_id);
  assert.deepEqual([before.rating, before.can_rate], [null, true]);

  const reply = await succeed(rate(ann, session_id, 4, 'Émile’s 🙂 knee'));
  const { rated_at, changeable_until } = reply;
  assert.deepEqual(reply, {
    success: true,
    session_id,
    stars: 4,
    comment: 'Émile’s 🙂 knee',
    rated_at,
    changeable_until,
    replayed: false,
  });
  assert.ok(Math.abs(Date.now() - new Date(rated_at)) < 600_000, rated_at);
  const days = (new Date(changeable_until) - Date.now()) / 86_400_000;
  assert.ok(days > 29.9 && days < 30, changeable_until);
  assert.deepEqual(await succeed(rate(ann, session_id, 4, 'Émile’s 🙂 knee')), { ...reply, replayed: true });

  const rating = { stars: 4, comment: 'Émile’s 🙂 knee', rated_at };
  assert.deepEqual((await session(ann, session_id)).rating, rating);
  const given = await session(ben, session_id);
  assert.deepEqual([given.rating, given.can_rate], [rating, false]);
  assert.deepEqual(await found(ann, ben), { rating: 4, rating_count: 1 });
});

here('the mean of all her sessions is found, and she is told of each once', async () => {
  const [{ ann, ben, session_id }, cyd] = [await afterwards(), await newPerson()];
  await succeed(rate(ann, session_id, 4));
  await succeed(rate(ann, session_id, 1, 'It has come back'));
  assert.deepEqual(await found(cyd, ben), { rating: 1, rating_count: 1 });
  const { data } = await ben.client.from('notifications').select('payload').eq('type', 'peer_session_rated');
  assert.deepEqual(data.map(({ payload: { stars, comment } }) => ({ stars, comment })), [{ stars: 4, comment: undefined }]);
  const practice = await succeed(ben.client.rpc('get_my_practice'));
  assert.deepEqual([practice.rating, practice.rating_count], [1, 1]);
});

here('what is no rating is turned down, and writes nothing', async () => {
  const { ann, ben, session_id } = await afterwards();
  for (const stars of [0, 6, -1, 2147483647]) {
    await turnedDown(() => rate(ann, session_id, stars), [ann, ben], {
      error_code: 'INVALID_RATING',
      error: 'A rating has 1 to 5 stars',
      details: { stars, min_stars: 1, max_stars: 5 },
    });
  }
  await turnedDown(() => rate(ann, session_id, null), [ann, ben], {
    error_code: 'MISSING_PARAMETER',
    error: 'Missing parameter: p_stars',
    details: { parameter: 'p_stars' },
  });
  for (const stars of [4.5, 'four', [4]]) await fails(rate(ann, session_id, stars), 400, '22P02');
  await fails(rate(ann, session_id, 2147483648), 400, '22003');
  await fails(rate(ann, session_id, 4, 'x'.repeat(1_000_000)), 400, '22023');
  await fails(rate(ann, session_id, 4, 'nothing \u0000 here'), 400, '22P05');
  assert.equal((await session(ann, session_id)).rating, null);
});

here('nobody else rates it, and not by writing the row', async () => {
  const [{ ann, ben, session_id }, cyd] = [await afterwards(), await newPerson()];
  await refused(rate(cyd, session_id, 1), 'SESSION_NOT_FOUND');
  await fails(rate(ben, session_id, 5), 403, '42501');
  await fails(rate({ client: connect(await sign({ role: 'anon' })) }, session_id, 5), 401, '42501');
  for (const person of [ann, ben]) {
    await fails(person.client.from('client_sessions').update({ rating: 5 }).eq('id', session_id), 400, '23514');
  }
});

here('not before it took place, and not when it is long ago', async () => {
  const [ann, ben] = await newPair();
  const { session_id } = await book(ann, ben);
  await turnedDown(() => rate(ann, session_id, 5), [ann, ben], {
    error_code: 'NOT_COMPLETED',
    error: "The session can't be rated: it is scheduled",
    details: { status: 'scheduled' },
  });
  const past = await afterwards(30);
  assert.equal((await session(past.ann, past.session_id)).can_rate, false);
  assert.equal((await refused(rate(past.ann, past.session_id, 5), 'RATING_CLOSED')).error, 'It is too late to rate this session');
});

elsewhere('an application that rates by itself goes on as it does', async () => {
  const { ann, ben, session_id } = await afterwards();
  await turnedDown(() => rate(ann, session_id, 5), [ann, ben], {
    error_code: 'RATED_ELSEWHERE',
    error: 'This application has another way to rate sessions',
  });
  const { rating, can_rate } = await session(ann, session_id);
  assert.deepEqual([rating, can_rate], [null, false]);
});
