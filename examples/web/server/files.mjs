// The files of the built page: compressed once, and kept by browsers. Vite names what it builds by its content, so
// only index.html is ever asked for again.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const folder = process.env.PEER_EXCHANGE_PAGE;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
/** Fonts are compressed already. */
const COMPRESSED = new Set(['.html', '.js', '.css']);
const ONE_YEAR = 'public, max-age=31536000, immutable';

const compress = promisify(gzip);
const compressed = new Map();

/** URLs have no `..` left in them once they are parsed, but may contain it encoded. */
export async function sendFile(request, response, pathname) {
  const name = pathname === '/' ? '/index.html' : decoded(pathname);
  const content = name.includes('..') ? null : await readFile(join(folder, name)).catch(() => null);
  if (!content) return response.writeHead(404).end('not found');

  const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
  const headers = {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'cache-control': name.startsWith('/assets/') ? ONE_YEAR : 'no-cache',
    vary: 'accept-encoding',
    etag,
  };
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end();
  if (!COMPRESSED.has(extname(name)) || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
    return response.writeHead(200, headers).end(content);
  if (!compressed.has(etag)) compressed.set(etag, await compress(content));
  return response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(compressed.get(etag));
}

/** What is no URL names no file. */
function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '..';
  }
}
