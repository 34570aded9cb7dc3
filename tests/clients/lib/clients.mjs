// The clients of all tests: what a function of ours answers them has to fit its schema.
import * as plain from '../../../examples/demo/client.mjs';
import { assertFits, functions } from './schemas.mjs';

export { sign, url } from '../../../examples/demo/client.mjs';

/** A client whose requests carry this token. */
export function connect(token, send) {
  return watched(plain.connect(token, send));
}

/** A client of a signed-in person. */
export async function signIn(personId, send) {
  return watched(await plain.signIn(personId, send));
}

function watched(client) {
  const call = client.rpc.bind(client);
  client.rpc = (name, ...rest) => {
    const request = call(name, ...rest);
    const answered = request.then.bind(request);
    request.then = (resolve, reject) =>
      answered((response) => {
        if (!response.error && functions.includes(name)) assertFits(name, response.data);
        return response;
      }).then(resolve, reject);
    return request;
  };
  return client;
}
