import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const home = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(await readFile(`${home}package.json`, 'utf8'));
/** What the application brings. */
const OTHERS = ['@supabase/supabase-js', '@tanstack/react-query', '@types/react', 'react', 'typescript'];
let project;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'peer-exchange-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    cwd: home,
  });
  const [{ filename, files }] = JSON.parse(stdout);
  const strange = files
    .map(({ path }) => path)
    .filter((path) => !/^(dist|schemas)\/|^(package\.json|README\.md)$/.test(path));
  assert.deepEqual(strange, [], 'the package has what nobody needs');
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  const versions = Object.entries(manifest.devDependencies).filter(([name]) => OTHERS.includes(name));
  const others = versions.map(([name, version]) => `${name}@${version}`);
  await run('npm', ['install', '--prefer-offline', `./${filename}`, ...others], { cwd: project });
});

after(() => rm(project, { recursive: true }));

test('and compiles with it', async () => {
  const programs = ['a_client_without_types.ts', 'a_component_with_hooks.tsx'];
  for (const file of programs) await copyFile(`${home}tests/types/${file}`, join(project, file));
  const compilerOptions = {
    strict: true,
    target: 'ES2022',
    module: 'NodeNext',
    jsx: 'react-jsx',
    skipLibCheck: true,
    types: [],
  };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: programs }));
  const compiler = run('node', ['node_modules/typescript/bin/tsc', '--noEmit', '--project', '.'], {
    cwd: project,
  });
  await compiler.catch(({ stdout }) => assert.fail(stdout));
});

test('and runs with it, and reads the schemas', async () => {
  const program = `
    import { createClient } from '@supabase/supabase-js';
    import { NoAnswer, peerExchange } from '@peer-exchange/client';
    import schema from '@peer-exchange/client/schemas/functions/get_my_peer_sessions.json' with { type: 'json' };
    const exchange = peerExchange(createClient('http://127.0.0.1:1', 'key'));
    const error = await exchange.call('get_my_peer_sessions', {}).catch((error) => error);
    console.log(error instanceof NoAnswer, error.isConnectionLost, schema.title);`;
  await writeFile(join(project, 'program.js'), program);
  const { stdout } = await run('node', ['--no-warnings', 'program.js'], { cwd: project });
  assert.equal(stdout, 'true true GetMyPeerSessions\n');
});
