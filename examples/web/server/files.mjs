// The files of the built page.
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const folder = process.env.PEER_EXCHANGE_PAGE;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** URLs have no `..` left in them once they are parsed, but may contain it encoded. */
export async function sendFile(response, pathname) {
  const name = pathname === '/' ? '/index.html' : decodeURIComponent(pathname);
  const content = name.includes('..') ? null : await readFile(join(folder, name)).catch(() => null);
  if (!content) return response.writeHead(404).end('not found');
  return response
    .writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' })
    .end(content);
}
