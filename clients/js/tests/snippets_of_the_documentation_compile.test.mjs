import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { errorsIn, generatedTypes } from './lib/compiler.mjs';

const root = new URL('../../../', import.meta.url);

/** What pages leave to the reader. */
const LEFT_OUT = `
import type { createClient } from '@supabase/supabase-js';
import type { Exchange, WithPeerExchange } from '@peer-exchange/client';
import type { Database } from './database.js';

type Client = ReturnType<typeof createClient<WithPeerExchange<Database>>>;
declare global {
  const supabase: Client;
  /** Signed in as the service. */
  const service: Client;
  const exchange: Exchange;
  const url: string, key: string, me: string, ben: string;
  const practitionerId: string, clientId: string, date: string, p_session_id: string;
  const show: (text: string | undefined) => void;
  const send: (notification: { email: string | null; title: string | null }) => Promise<void>;
  const Deno: { env: { get(name: string): string | undefined }; serve(handler: () => Promise<Response>): void };
}
`;

test('of JavaScript and TypeScript', async () => {
  const files = { 'left_out.ts': LEFT_OUT, 'database.ts': await generatedTypes() };
  for (const page of pages()) {
    for (const { language, line, text } of snippetsOf(page)) {
      const name = `${page.replaceAll(/\W/g, '_')}_line_${line}.${language.includes('x') ? 'tsx' : 'ts'}`;
      files[name] = `${text.replaceAll("'jsr:", "'").replaceAll("js@2'", "js'")}\nexport {};\n`;
    }
  }
  assert.ok(Object.keys(files).length > 10, 'no snippets were found');
  assert.deepEqual(await errorsIn(files), []);
});

function pages() {
  const ofFolder = (folder) =>
    readdirSync(new URL(folder, root), { recursive: true }).map((file) => `${folder}${file}`);
  const candidates = [
    'README.md',
    'clients/js/README.md',
    ...ofFolder('docs/'),
    'examples/web/README.md',
    'examples/notifier/README.md',
  ];
  return candidates.filter((file) => file.endsWith('.md'));
}

/** Fenced blocks, but for those that say that they are no programs. */
function snippetsOf(page) {
  const text = readFileSync(new URL(page, root), 'utf8');
  const blocks = text.matchAll(/^```(js|ts|jsx|tsx)\n(.*?)^```$/gms);
  return [...blocks].map(({ index, 1: language, 2: block }) => ({
    language,
    text: block,
    line: text.slice(0, index).split('\n').length,
  }));
}
