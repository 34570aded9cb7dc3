// From a notification to a mail. All wording is in templates/<language>: a file for each type, whose first
// line is the subject and whose paragraphs are the text, and layout.html around the same as HTML.
import { readdir, readFile } from 'node:fs/promises';

const SUFFIX = '.txt';
/** For types that have no template of their own. */
const OTHERS = 'any_other';

export async function readTemplates(language) {
  const folder = new URL(`templates/${language}/`, import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith(SUFFIX));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(0, -SUFFIX.length), await readFile(new URL(file, folder), 'utf8')]),
  );
  return {
    language,
    texts: new Map(texts),
    layout: await readFile(new URL('layout.html', folder), 'utf8'),
  };
}

/** Subject, text and HTML. */
export function render({ language, texts, layout }, notification) {
  const { name, type, title, body, payload } = notification;
  const values = { ...payload, name, title, body };
  const template = texts.get(type) ?? texts.get(OTHERS);
  const isTold = (paragraph) => placeholders(paragraph).every((key) => isGiven(values[key]));
  const inFull = (paragraph) =>
    fill(paragraph, (key) => inWords(values[key], language, payload.timezone)).replaceAll('\n', ' ');
  const [first, ...others] = template.trim().split(/\n\s*\n/);
  const subject = isTold(first) ? inFull(first) : title;
  // A paragraph about something that this notification does not say is left out.
  const paragraphs = others.filter(isTold).map(inFull);
  const html = fill(layout, (key) =>
    key === 'paragraphs' ? paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n') : escape(subject),
  );
  return { subject, text: `${paragraphs.join('\n\n')}\n`, html };
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

function placeholders(text) {
  return Array.from(text.matchAll(PLACEHOLDER), ([, key]) => key);
}

function fill(text, value) {
  return text.replace(PLACEHOLDER, (_, key) => value(key));
}

function isGiven(value) {
  return value !== undefined && value !== null && value !== '';
}

/** Dates and instants as the language has them, these on the clock of the session; everything else on one line. */
function inWords(value, language, timeZone) {
  const text = String(value).replace(/\s+/g, ' ').trim();
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(text));
  }
  if (/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/.test(text)) {
    const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
    const clock = { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23', timeZone: zone };
    return `${new Intl.DateTimeFormat(language, clock).format(new Date(text))} (${zone})`;
  }
  return text;
}

/** Whether Node knows this zone, which Postgres does. */
function isTimeZone(timeZone) {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return typeof timeZone === 'string';
  } catch {
    return false;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
