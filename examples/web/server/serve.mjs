// The demo's web server: the built page, PostgREST under the address where Supabase has it, and the list
// of people that the page offers instead of a sign-in. For this machine only: it hands out tokens.
import { createServer } from 'node:http';
import { sendFile } from './files.mjs';
import { listPeople } from './people.mjs';
import { forward } from './proxy.mjs';

const API = '/rest/v1';
const port = Number(process.env.PEER_EXCHANGE_PAGE_PORT);

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));

async function answer(request, response) {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith(`${API}/`)) return forward(request, response, pathname.slice(API.length) + search);
  if (pathname === '/demo/people') return sendJson(response, await listPeople());
  return sendFile(response, pathname);
}

function sendJson(response, value) {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
