import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { book } from '../../../tests/clients/lib/bookings.mjs';
import { execute } from '../../../tests/clients/lib/database.mjs';
import { newPair } from '../../../tests/clients/lib/people.mjs';
import { readLanguages } from '../words.mjs';
import { mailOf } from './lib/mails.mjs';
import { startSmtp } from './lib/smtp.mjs';
import { emptyTheOutbox, startWorker, throughPostgrest, until } from './lib/worker.mjs';

test('each of the two is told in her own language, and on her own clock', async (t) => {
  await emptyTheOutbox();
  const [ann, ben] = await newPair();
  await execute(`update public.users set language = 'de_AT', visit_address = '12 Mill Lane' where id = '${ben.id}'`);
  await execute(`insert into public.practitioner_availability (user_id, timezone) values ('${ann.id}', 'Asia/Kolkata')`);
  const smtp = await startSmtp();
  t.after(smtp.stop);
  const worker = await startWorker(smtp, throughPostgrest);
  t.after(worker.kill);
  await book(ann, ben);
  await until(() => smtp.mails.length === 2, 'both were told');
  const mailTo = (person) => smtp.mails.find(({ recipients }) => recipients.includes(person.email));
  assert.equal(mailTo(ann).subject, `Your session with ${ben.name} is booked`);
  assert.match(mailTo(ann).text, /, 15:30–16:30 your time \(10:00 UTC\)\nWhere: 12 Mill Lane\n/);
  assert.equal(mailTo(ben).subject, `${ann.name} hat einen Termin bei dir gebucht`);
  assert.match(mailTo(ben).text, /\nWann: .*, 10:00–11:00 UTC\nWo: 12 Mill Lane\n/);
  assert.match(mailTo(ben).html, /<html lang="de">/);
});

test('a language that is not there is told in another one', () => {
  assert.match(mailOf({ language: 'de-CH' }).text, /^Hallo /);
  assert.match(mailOf({ language: 'fr' }).text, /^Hello /);
  assert.match(mailOf({ language: '../de' }).text, /^Hello /);
  assert.equal(mailOf({ language: 'de' }).headers['Content-Language'], 'de');
});

test('every language has every template, and says the same things', async () => {
  const { names, find } = await readLanguages('en');
  assert.deepEqual(names.toSorted(), ['de', 'en']);
  const types = async (language) => (await readdir(new URL(`../templates/${language}`, import.meta.url))).toSorted();
  const keys = (template) => [...new Set(Array.from(template.matchAll(/\{\{[#^]?(\w+)\}\}/g), ([, key]) => key))].sort();
  const files = await types('en');
  for (const name of names) {
    assert.deepEqual(await types(name), files);
    for (const type of files.map((file) => file.replace('.txt', ''))) {
      assert.deepEqual(keys(find(name, type).template), keys(find('en', type).template), `${name} ${type}`);
    }
  }
});

test('without templates of the fallback there is no worker', async () => {
  await assert.rejects(readLanguages('fr'), /no templates of the language fr/);
});
