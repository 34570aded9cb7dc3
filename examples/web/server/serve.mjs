// The demo's web server: PostgREST, the built page, and the list of people that the page offers instead of a
// sign-in. For this machine only: it hands out tokens.
import { serve } from '../../demo/gateway.mjs';
import { sendFile } from './files.mjs';
import { listPeople } from './people.mjs';

serve(async (response, pathname, request) => {
  if (pathname === '/demo/people') return sendJson(response, await listPeople());
  return sendFile(request, response, pathname);
});

function sendJson(response, value) {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
