// Who can be chosen in the demo, each with a token as Supabase's sign-in would hand out.
import { connect, sign } from '../../demo/client.mjs';

export async function listPeople() {
  const service = connect(await sign({ role: 'service_role' }));
  const { data, error } = await service
    .from('users')
    .select('user_id:id, first_name, last_name, email, user_role')
    .eq('is_active', true)
    .order('first_name')
    .order('last_name');
  if (error) throw new Error(error.message);
  return Promise.all(
    data.map(async ({ user_id, first_name, last_name, email, user_role }) => ({
      user_id,
      // Those who have no name are told from each other by their addresses.
      name: [first_name, last_name].filter(Boolean).join(' ') || email,
      user_role,
      token: await sign({ sub: user_id, role: 'authenticated' }, '12h'),
    })),
  );
}
