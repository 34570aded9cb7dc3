// From a notification to a mail: a template's first line is the subject, its paragraphs are the text, and layout.html is
// put around the same as HTML.
import { fill, fillHtml, isGiven, isTold } from './words.mjs';
import { dayOf, dayText, isInstant, whenText } from './time.mjs';

/** What a cancellation says that gave no reason. */
const NO_REASON = 'Session cancelled';
/** A template's line that is one of a table: a label, a colon, what it says. */
const FACT = /^- ([^:]+): (.+)$/;

/** Subject, text, HTML, headers and calendar, with addresses made by `links`. */
export function render(languages, notification, links) {
  const { language, words, template } = languages.find(notification.language, notification.type);
  const values = valuesOf(notification, words);
  const [first, ...others] = template.trim().split(/\n\s*\n/);
  const subject = isTold(first, values) ? fill(first, values) : oneLine(notification.title);
  const blocks = others.map((block) => renderBlock(block, values)).filter(isGiven);
  const { session, unsubscribe, headers } = links(notification);
  const frame = { language, subject, blocks, session, unsubscribe, words };
  return {
    subject,
    text: textOf(frame),
    html: fillHtml(languages.layout, { ...frame, preview: blocks[1]?.paragraph }),
    headers: { 'Content-Language': language, ...headers },
    ...calendarOf(notification),
  };
}

/**
 * A paragraph or a table. A line about something that this notification does not say is left out. Which of the two it is
 * says the template: what people are called can look like a line of a table, too.
 */
function renderBlock(block, values) {
  const filled = (text) => fill(text, values).trim();
  const lines = block.split('\n').filter((line) => isTold(line, values));
  const facts = lines
    .map((line) => FACT.exec(line))
    .filter(Boolean)
    .map(([, label, value]) => ({ label: filled(label), value: filled(value) }))
    .filter(({ value }) => isGiven(value));
  if (facts.length > 0) return { facts };
  const paragraph = lines.map(filled).filter(isGiven).join(' ');
  return isGiven(paragraph) ? { paragraph } : null;
}

function textOf({ blocks, session, unsubscribe, words }) {
  const paragraphs = blocks.map(
    ({ paragraph, facts }) => paragraph ?? facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
  );
  if (session) paragraphs.push(`${words.open}: ${session}`);
  if (unsubscribe) paragraphs.push(`${words.unsubscribe}: ${unsubscribe}`);
  return `${paragraphs.join('\n\n')}\n`;
}

/** All that templates can name: what the notification says, each on one line, and times and amounts in words. */
function valuesOf({ name, title, body, payload, timezone }, words) {
  const told = Object.fromEntries(Object.entries(payload ?? {}).map(([key, value]) => [key, oneLine(value)]));
  const { recipient_role: role, cancelled_by: canceller, event } = told;
  const instant = (at) => (isInstant(at) ? whenText({ starts_at: at, timezone: told.timezone }, timezone, words) : '');
  return {
    ...told,
    name: oneLine(name),
    title: oneLine(title),
    body: oneLine(body),
    reason: told.reason === NO_REASON ? '' : told.reason,
    ...timesOf(told, timezone, words),
    answer_by: instant(told.expires_at),
    final_by: instant(told.final_at),
    credits: creditsText(payload?.credits, words),
    balance: creditsText(payload?.balance_after, words),
    kept: payload?.kept_credits > 0 ? creditsText(payload.kept_credits, words) : '',
    returned: payload?.returned_credits > 0 ? creditsText(payload.returned_credits, words) : '',
    is_client: role === 'client',
    is_practitioner: role === 'practitioner',
    cancelled_by_you: isGiven(role) && canceller === role,
    cancelled_by_other: ['client', 'practitioner'].includes(canceller) && canceller !== role,
    cancelled_by_nobody: !['client', 'practitioner'].includes(canceller),
    ...(event && { [`is_${event}`]: true }),
  };
}

/** When it is, when it was, and on which day. */
function timesOf(told, readersZone, words) {
  const { starts_at, ends_at, timezone, session_date, start_time, previous_starts_at } = told;
  const time = { starts_at, ends_at: isInstant(ends_at) ? ends_at : null, timezone };
  const previous = { starts_at: previous_starts_at, timezone: told.previous_timezone };
  // Of notifications of an earlier version: only what the clock of the session shows.
  const day = isInstant(`${session_date}T00:00Z`) ? dayText(session_date, words) : '';
  return {
    when: isInstant(starts_at) ? whenText(time, readersZone, words) : day && start_time && `${day}, ${start_time}`,
    day: isInstant(starts_at) ? dayOf(time, readersZone, words) : day,
    previously: isInstant(previous_starts_at) ? whenText(previous, readersZone, words) : '',
  };
}

/** 60 credits, as the language counts. */
function creditsText(amount, { locale, credits }) {
  if (!Number.isInteger(amount)) return '';
  const form = credits[new Intl.PluralRules(locale).select(amount)] ?? credits.other;
  return fill(form, { count: new Intl.NumberFormat(locale).format(amount) });
}

function oneLine(value) {
  return value === null || value === undefined ? '' : String(value).replace(/\s+/g, ' ').trim();
}

/** The session for the recipient's calendar: beside the text, where mail programs look for it, and as a file. */
function calendarOf({ calendar }) {
  if (!calendar) return {};
  const method = /^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'PUBLISH';
  return { icalEvent: { method, filename: 'session.ics', content: calendar } };
}
