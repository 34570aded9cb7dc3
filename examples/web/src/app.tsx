// The frame: who is signed in, which page is shown, and what is announced.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { connect } from './api/api';
import { FindPage } from './booking/FindPage';
import { CreditsPage } from './credits/CreditsPage';
import { NotificationsPage } from './notifications/NotificationsPage';
import { useNotifications } from './notifications/useNotifications';
import { SessionsPage } from './sessions/SessionsPage';
import { AccountContext } from './shared/account';
import { Announcement, useAnnouncement } from './shared/Announcement';
import { deferred } from './shared/deferred';
import { ErrorBoundary } from './shared/ErrorBoundary';
import { focusHeading } from './shared/focus';
import { Header } from './shared/Header';
import { NotFoundPage } from './shared/NotFoundPage';
import { useRoute } from './shared/route';
import { remember, remembered, type SignedIn } from './signin/people';
import { SignIn } from './signin/SignIn';

const PracticePage = deferred(async () => (await import('./practice/PracticePage')).PracticePage);
const PractitionerPage = deferred(async () => (await import('./booking/PractitionerPage')).PractitionerPage);
const SessionPage = deferred(async () => (await import('./sessions/SessionPage')).SessionPage);

export function App() {
  const [person, setPerson] = useState(remembered);
  const sign = (who: SignedIn | null) => {
    remember(who);
    setPerson(who);
    focusHeading();
  };
  if (!person) return <SignIn onChoose={sign} />;
  return <Pages key={person.user_id} person={person} signOut={() => sign(null)} />;
}

function Pages({ person, signOut }: { person: SignedIn; signOut: () => void }) {
  const api = useMemo(() => connect(person.token), [person.token]);
  const [version, setVersion] = useState(0);
  const [announcement, announce] = useAnnouncement();
  const changed = () => setVersion((before) => before + 1);
  const notifications = useNotifications({ api, version, changed, announce });
  const { route, visit } = useRoute();
  useNewPage(route.page);

  return (
    <AccountContext.Provider value={{ me: person, api, version, changed, announce, signOut }}>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header page={route.page} unread={notifications.unread} />
      <main id="main">
        <ErrorBoundary visit={visit}>
          {route.page === 'credits' && <CreditsPage />}
          {route.page === 'find' && <FindPage key={visit} route={route} />}
          {route.page === 'practitioner' && <PractitionerPage key={route.practitionerId} route={route} />}
          {route.page === 'sessions' && <SessionsPage />}
          {route.page === 'session' && <SessionPage key={route.sessionId} id={route.sessionId} />}
          {route.page === 'practice' && <PracticePage />}
          {route.page === 'notifications' && <NotificationsPage notifications={notifications} />}
          {route.page === 'unknown' && <NotFoundPage />}
        </ErrorBoundary>
      </main>
      <Announcement line={announcement} />
    </AccountContext.Provider>
  );
}

/** The # of the address names pages, so this link moves the focus by itself. */
function skip(event: Event) {
  event.preventDefault();
  focusHeading();
}

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
