import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { errorsIn, generatedTypes } from './lib/compiler.mjs';

const program = (file) => readFile(new URL(`types/${file}`, import.meta.url), 'utf8');

test('with the types that Supabase makes of a database, an exhaustive switch included', async () => {
  const files = {
    'program.ts': await program('a_client_with_generated_types.ts'),
    'database.ts': await generatedTypes(),
  };
  assert.deepEqual(await errorsIn(files), []);
});

test('without types of a database', async () => {
  assert.deepEqual(await errorsIn({ 'program.ts': await program('a_client_without_types.ts') }), []);
});

test('with hooks, in every state that they may be in', async () => {
  assert.deepEqual(await errorsIn({ 'program.tsx': await program('a_component_with_hooks.tsx') }), []);
});
