// What a test has to see or prepare behind the clients' backs, as the owner.
import pg from 'pg';

// A process of psql for each statement would be most of what these tests take.
const sessions = new pg.Pool({ ...connection(process.env.PEER_EXCHANGE_PSQL), allowExitOnIdle: true, idleTimeoutMillis: 0 });
// One that is killed while nobody uses it is missed by nobody.
sessions.on('error', () => {});
/** One that is open already keeps what it began with. */
const CHANGES_NEW_SESSIONS = /^alter (database|role) /;

/** How the database came by its tables: the name of the file that prepared it. */
export const database = process.env.PEER_EXCHANGE_DATABASE;

/** Whether the database was an application's before the extension came. */
export const isAdopted = database !== 'empty';

/** Runs a statement without a result. */
export async function execute(statement) {
  await run(statement);
}

/** The rows of a query, as objects. */
export async function rows(query) {
  const result = await run(`select coalesce(json_agg(result), '[]') as objects from (${query}) as result`);
  return result.rows[0].objects;
}

/** The one value of a query. */
export async function value(query) {
  const [row, ...others] = await rows(query);
  if (!row || others.length) throw new Error(`one row expected of: ${query}`);
  return Object.values(row)[0];
}

/** In a session that is as if it were new. */
async function run(statement) {
  const session = await sessions.connect();
  try {
    return await session.query(statement);
  } finally {
    await session.query('reset session authorization; reset role; reset all').catch(() => {});
    session.release(CHANGES_NEW_SESSIONS.test(statement));
  }
}

/** What psql calls `host=… port=…`. */
function connection(words) {
  const { host, port, user, dbname } = Object.fromEntries(words.split(' ').map((word) => word.split('=')));
  return { host, port, user, database: dbname };
}
