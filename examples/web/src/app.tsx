// The frame: who is signed in, which page is shown, and what is announced.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ExchangeProvider, useNews } from '@peer-exchange/client/hooks';
import { connect } from './api/exchange';
import { FindPage } from './booking/FindPage';
import { CreditsPage } from './credits/CreditsPage';
import { NotificationsPage } from './notifications/NotificationsPage';
import { SessionsPage } from './sessions/SessionsPage';
import { AccountContext, useAccount } from './shared/account';
import { Announcement, useAnnouncement } from './shared/Announcement';
import { deferredPage } from './shared/deferred';
import { focusHeading } from './shared/focus';
import { Header } from './shared/Header';
import { NotFoundPage } from './shared/NotFoundPage';
import { PageBoundary } from './shared/PageBoundary';
import { useRoute } from './shared/route';
import { remember, remembered, type SignedIn } from './signin/people';
import { SignIn } from './signin/SignIn';

const TITLES = {
  credits: 'Your credits',
  find: 'Find a colleague',
  practitioner: 'Free times',
  sessions: 'Your sessions',
  session: 'Session',
  practice: 'My practice',
  notifications: 'Notifications',
  unknown: 'No such page',
};

const PracticePage = deferredPage(
  TITLES.practice,
  async () => (await import('./practice/PracticePage')).PracticePage,
);
const PractitionerPage = deferredPage(
  TITLES.practitioner,
  async () => (await import('./booking/PractitionerPage')).PractitionerPage,
);
const SessionPage = deferredPage(
  TITLES.session,
  async () => (await import('./sessions/SessionPage')).SessionPage,
);

export function App() {
  const [person, setPerson] = useState(remembered);
  // What one person has read is nobody else's.
  const queries = useMemo(() => new QueryClient(), [person?.user_id]);
  const sign = (who: SignedIn | null) => {
    remember(who);
    setPerson(who);
    focusHeading();
  };
  return (
    <QueryClientProvider client={queries}>
      {person ? (
        <SignedInPerson key={person.user_id} person={person} signOut={() => sign(null)} />
      ) : (
        <SignIn onChoose={sign} />
      )}
    </QueryClientProvider>
  );
}

function SignedInPerson({ person, signOut }: { person: SignedIn; signOut: () => void }) {
  const exchange = useMemo(() => connect(person.token), [person.token]);
  const [announcement, announce] = useAnnouncement();
  return (
    <ExchangeProvider exchange={exchange}>
      <AccountContext.Provider value={{ me: person, announce, signOut }}>
        <Pages />
        <Announcement line={announcement} />
      </AccountContext.Provider>
    </ExchangeProvider>
  );
}

function Pages() {
  const { announce } = useAccount();
  const { unread } = useNews({ onNews: (news) => announce(news.map(({ title }) => title).join(' · ')) });
  const { route, visit } = useRoute();
  useNewPage(route.page);

  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header page={route.page} unread={unread} />
      <main id="main">
        <PageBoundary visit={visit}>
          {route.page === 'credits' && <CreditsPage key={visit} route={route} />}
          {route.page === 'find' && <FindPage key={visit} route={route} />}
          {route.page === 'practitioner' && <PractitionerPage key={route.practitionerId} route={route} />}
          {route.page === 'sessions' && <SessionsPage />}
          {route.page === 'session' && <SessionPage key={route.sessionId} id={route.sessionId} />}
          {route.page === 'practice' && <PracticePage />}
          {route.page === 'notifications' && <NotificationsPage unread={unread} />}
          {route.page === 'unknown' && <NotFoundPage />}
        </PageBoundary>
      </main>
    </>
  );
}

/** The # of the address names pages, so this link moves the focus by itself. */
function skip(event: Event) {
  event.preventDefault();
  focusHeading();
}

/** Another page begins at its top, with its own title and with the focus on its heading. */
function useNewPage(page: keyof typeof TITLES) {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${TITLES[page]} · Peer credits`;
    if (!isFirst.current) {
      scrollTo(0, 0);
      focusHeading();
    }
    isFirst.current = false;
  }, [page]);
}
