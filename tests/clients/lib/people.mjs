// People of a test's own, so that no test meets the sessions or credits of another.
import { randomUUID } from 'node:crypto';
import { signIn } from './clients.mjs';
import { execute, isAdopted } from './database.mjs';

export const ANN = 'a0000000-0000-4000-8000-000000000001';
export const BEN = 'a0000000-0000-4000-8000-000000000002';
export const CYD = 'a0000000-0000-4000-8000-000000000003';

/** A new practitioner, signed in: her id, names and client. She has published no working hours. */
export async function newPerson({
  credits = 0,
  first_name = 'Pat',
  role = 'osteopath',
  is_active = true,
} = {}) {
  const id = randomUUID();
  const last_name = `Number ${id.slice(0, 8)}`;
  const email = `${id}@example.test`;
  await execute(`
    insert into public.users (id, email, first_name, last_name, user_role, is_active)
    values ('${id}', '${email}', '${first_name}', '${last_name}', '${role}', ${is_active})`);
  if (credits > 0) await execute(`select peer_exchange.grant_credits('${id}', ${credits}, 'For a test')`);
  return { id, email, name: `${first_name} ${last_name}`, client: await signIn(id) };
}

/** Two people, of whom the first has credits to book the second with. */
export async function newPair({ credits = 100 } = {}) {
  return Promise.all([newPerson({ credits, first_name: 'Ann' }), newPerson({ first_name: 'Ben' })]);
}

/** The id of a new product of a practitioner; the older application wants a price in money for it, too. */
export async function newProduct(
  practitioner,
  { duration_minutes = 45, credit_cost = null, is_active = true } = {},
) {
  const id = randomUUID();
  await execute(`
    insert into public.practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost, is_active
           ${isAdopted ? ', price_amount' : ''})
    values ('${id}', '${practitioner.id}', 'Neck', ${duration_minutes}, ${credit_cost}, ${is_active}
            ${isAdopted ? ', 4000' : ''})`);
  return id;
}
