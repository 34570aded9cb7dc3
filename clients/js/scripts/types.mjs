// The types of all arguments and replies, made from the schemas: `node scripts/types.mjs` writes them.
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const folder = fileURLToPath(new URL('../schemas/', import.meta.url));
/** Where they are kept. */
export const file = new URL('../src/functions.ts', import.meta.url);

const HEAD = `// Made from the schemas, never by hand: \`cargo xtask test typed-client --bless\`.
`;

export async function types() {
  const names = readdirSync(`${folder}functions`).map((name) => name.replace('.json', ''));
  const all = {
    description: 'What goes into the functions that PostgREST finds, and what comes out.',
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `functions/${name}.json` }])),
    required: names,
    additionalProperties: false,
  };
  return compile(all, 'Functions', {
    bannerComment: HEAD,
    cwd: folder,
    format: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, await types());
