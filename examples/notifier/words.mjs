// The languages of mails: a folder each, with the words that all mails use and a template for each type.
import { readdir, readFile } from 'node:fs/promises';
import Mustache from 'mustache';

const FOLDER = new URL('templates/', import.meta.url);
const SUFFIX = '.txt';
/** For types that have no template of their own. */
const OTHERS = 'any_other';

/** All languages there are, and that of whoever speaks none of them. */
export async function readLanguages(fallback) {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const languages = new Map(
    await Promise.all(names.map(async (name) => [name.toLowerCase(), await readLanguage(name)])),
  );
  if (!languages.has(fallback.toLowerCase())) throw new Error(`there are no templates of the language ${fallback}`);
  return {
    names,
    layout: await readFile(new URL('layout.html', FOLDER), 'utf8'),
    /** The recipient's language and the template of a type in it: pt-BR, else pt, else the fallback. */
    find(language, type) {
      const tag = (language ?? '').toLowerCase();
      const spoken = [tag, tag.split('-')[0], fallback.toLowerCase()].filter((name) => languages.has(name));
      const name = spoken.find((name) => languages.get(name).templates.has(type)) ?? spoken[0];
      const { words, templates } = languages.get(name);
      return { language: name, words, template: templates.get(type) ?? templates.get(OTHERS) };
    },
  };
}

async function readLanguage(name) {
  const folder = new URL(`${name}/`, FOLDER);
  const files = (await readdir(folder)).filter((file) => file.endsWith(SUFFIX));
  const texts = files.map(async (file) => [
    file.slice(0, -SUFFIX.length),
    await readFile(new URL(file, folder), 'utf8'),
  ]);
  return {
    words: JSON.parse(await readFile(new URL('words.json', folder), 'utf8')),
    templates: new Map(await Promise.all(texts)),
  };
}

/** A template as text: what it is filled with stays as it is. */
export function fill(template, values) {
  return Mustache.render(template, values, {}, { escape: (text) => text });
}

/** The same as HTML, where it is escaped. */
export function fillHtml(template, values) {
  return Mustache.render(template, values);
}

/** Whether everything is there that a template can't do without. */
export function isTold(template, values) {
  return Mustache.parse(template).every(([kind, name]) => kind !== 'name' || isGiven(values[name]));
}

export function isGiven(value) {
  return value !== undefined && value !== null && value !== '';
}
