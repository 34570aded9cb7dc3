// What the compiler says of programs that use the package.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generateTypescript, sortGeneratorMetadata } from '@supabase/postgrest-typegen/generation';
import { introspect } from '@supabase/postgrest-typegen/introspection';
import pg from 'pg';

const run = promisify(execFile);
const home = fileURLToPath(new URL('../../', import.meta.url));

const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  jsx: 'react-jsx',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Compiles files by their names, within the package, so that they find it by its name; returns the errors. */
export async function errorsIn(files, options = {}) {
  const folder = await mkdtemp(`${home}tests/compiled-`);
  try {
    const project = { compilerOptions: { ...OPTIONS, ...options }, include: ['*'] };
    for (const [name, text] of Object.entries({ ...files, 'tsconfig.json': JSON.stringify(project) })) {
      await writeFile(`${folder}/${name}`, text);
    }
    await run('node', [`${home}node_modules/typescript/bin/tsc`, '--project', '.', '--pretty', 'false'], {
      cwd: folder,
    });
    return [];
  } catch (error) {
    return (error.stdout || String(error)).trim().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The types of the tables and functions that the test database has, as `supabase gen types` makes them. */
export async function generatedTypes() {
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
  try {
    const metadata = await introspect(pool, { includedSchemas: ['public'] });
    return await generateTypescript(sortGeneratorMetadata(metadata), {});
  } finally {
    await pool.end();
  }
}
