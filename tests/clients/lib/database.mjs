// What a test has to see or prepare behind the clients' backs, by psql as the owner.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const connection = process.env.PEER_EXCHANGE_PSQL;

/** How the database came by its tables: the name of the file that prepared it. */
export const database = process.env.PEER_EXCHANGE_DATABASE;

/** Whether the database was an application's before the extension came. */
export const isAdopted = database !== 'empty';

/** Runs a statement without a result. */
export async function execute(statement) {
  await psql(statement);
}

/** The rows of a query, as objects. */
export async function rows(query) {
  return JSON.parse(await psql(`select coalesce(json_agg(result), '[]') from (${query}) as result`));
}

/** The one value of a query. */
export async function value(query) {
  const [row, ...others] = await rows(query);
  if (!row || others.length) throw new Error(`one row expected of: ${query}`);
  return Object.values(row)[0];
}

async function psql(statement) {
  const { stdout } = await run('psql', [
    '-X',
    '-q',
    '-A',
    '-t',
    '-v',
    'ON_ERROR_STOP=1',
    '-d',
    connection,
    '-c',
    statement,
  ]);
  return stdout;
}
