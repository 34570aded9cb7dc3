// What people do on the page, in the words of the tests.
import { setTimeout } from 'node:timers/promises';
import { book, daysAhead, succeed } from '../../../../tests/clients/lib/bookings.mjs';
import { execute, value } from '../../../../tests/clients/lib/database.mjs';
import { signIn } from './browser.mjs';

/** A fortnight ahead nothing depends on today's hour, nor on what the demo's people have booked. */
export const FORTNIGHT = daysAhead(14);

/** A test's own person at the page. */
export function arrive(browser, person, settings) {
  return signIn(browser, new RegExp(person.name), settings);
}

/** Shows a colleague's free times from a fortnight ahead. */
export function goToFreeTimes(page, practitioner, minutes = 60) {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/practitioner/${practitioner.id}/${minutes}/${FORTNIGHT}`);
}

export async function seeFreeTimes(page, practitioner, minutes = 60) {
  await goToFreeTimes(page, practitioner, minutes);
  await page.getByRole('heading', { name: `Free times of ${practitioner.name}` }).waitFor();
}

/** The first offer of this time: a button for it on the first day that is shown. */
export function offer(page, time) {
  return page.getByRole('button', { name: `Book ${time} on` }).first();
}

/** Chooses a time, and sees its price. */
export async function choose(page, practitioner, time, minutes) {
  await seeFreeTimes(page, practitioner, minutes);
  await offer(page, time).click();
  await dialog(page).getByText('It costs', { exact: true }).waitFor();
}

export function dialog(page) {
  return page.getByRole('dialog');
}

/** The button of the open dialog that carries it out. */
export function confirm(page, name) {
  return dialog(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click();
}

/** Waits for a sentence to stand somewhere on the page. */
export function reads(place, text) {
  return place.getByText(text).first().waitFor();
}

/** Waits for the database to say so: what somebody does may be shown before it has happened. */
export function becomes(query, expected) {
  return comesToBe(() => value(query), expected, query);
}

/** Waits for a field to say so. */
export function holds(field, expected) {
  return comesToBe(() => field.inputValue(), expected, field);
}

async function comesToBe(read, expected, what) {
  for (let tries = 0; (await read()) !== expected; tries += 1) {
    if (tries === 100) throw new Error(`it never became ${expected}: ${what}`);
    await setTimeout(100);
  }
}

/** What the page asks of a function, in order: the arguments of each call. */
export function record(page, rpc) {
  const calls = [];
  page.on('request', (request) => {
    if (request.url().endsWith(`/rpc/${rpc}`)) calls.push(request.postDataJSON());
  });
  return calls;
}

/** A session of these two that took place: it began two hours ago, and its practitioner has completed it. */
export async function tookPlace(client, practitioner) {
  const { session_id } = await book(client, practitioner);
  const start = `(now() - interval '2 hours') at time zone peer_exchange.time_zone_of(therapist_id)`;
  await execute(`update public.client_sessions set session_date = (${start})::date, start_time = (${start})::time(0)
                  where id = '${session_id}'`);
  await succeed(practitioner.client.rpc('complete_peer_session', { p_session_id: session_id }));
  return session_id;
}

/** Opens a session's own page. */
export function goToSession(page, sessionId) {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/session/${sessionId}`);
}
