// Modules of the page without a page around them.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A module of `src`, as Vite builds it. */
export async function compiled(source) {
  const entry = fileURLToPath(new URL(`../../src/${source}`, import.meta.url));
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'] } },
  });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
