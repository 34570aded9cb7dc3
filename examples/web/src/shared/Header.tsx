import { useAccount } from './account';
import { Icon } from './Icon';
import { addressOf, CREDITS, FIND, SESSIONS, type Route } from './route';

const LINKS = [
  { page: 'credits', to: CREDITS, label: 'Credits' },
  { page: 'find', to: FIND, label: 'Find' },
  { page: 'sessions', to: SESSIONS, label: 'Sessions' },
  { page: 'practice', to: { page: 'practice' }, label: 'My practice' },
  { page: 'notifications', to: { page: 'notifications' }, label: 'Notifications' },
] as const;

export function Header({ page, unread }: { page: Route['page']; unread: number }) {
  const { me, signOut } = useAccount();
  const current = page === 'practitioner' ? 'find' : page;
  return (
    <header class="top">
      <p class="brand">Peer credits</p>
      <nav aria-label="Pages">
        {LINKS.map((link) => (
          <a key={link.page} href={addressOf(link.to)} aria-current={link.page === current ? 'page' : undefined}>
            <Icon name={link.page} />
            <span>{link.label}</span>
            {link.page === 'notifications' && unread > 0 && (
              <span class="badge">
                {unread.toLocaleString('en-GB')}
                <span class="unseen"> unread</span>
              </span>
            )}
          </a>
        ))}
      </nav>
      <p class="who">
        <span>{me.name}</span>
        <button type="button" class="plain" onClick={signOut}>
          Sign out
        </button>
      </p>
    </header>
  );
}
