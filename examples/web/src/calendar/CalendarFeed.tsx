import { useState } from 'preact/hooks';
import { useAction, useReading } from '@peer-exchange/client/hooks';
import type { NewFeed, OwnFeed } from '../api/replies';
import { ActionNotice } from '../shared/ActionNotice';
import { LoadedView } from '../shared/LoadedView';
import { Notice } from '../shared/Notice';
import { moment } from '../shared/words';

/** The address at which one's own calendar reads one's sessions. Where calendars may not read any, there is nothing to show. */
export function CalendarFeed() {
  const [made, setMade] = useState<NewFeed | null>(null);
  const feed = useReading('get_my_calendar_feed', {});
  const creation = useAction('create_calendar_feed', { onDone: setMade });
  const revocation = useAction('revoke_calendar_feed', { onDone: () => setMade(null) });

  if (feed.data && !feed.data.is_open) return null;
  return (
    <section class="card feed" aria-labelledby="calendar-feed">
      <h2 id="calendar-feed">In your own calendar</h2>
      <LoadedView of={feed} what="your calendar address">
        {(own) => (
          <>
            <p>{sentenceOf(own)}</p>
            {made && <Address secret={made.secret} />}
            <ActionNotice action={creation} />
            <ActionNotice action={revocation} />
            <p class="actions">
              <button
                type="button"
                class={own.created_at ? undefined : 'primary'}
                onClick={() => creation.start({})}
              >
                {own.created_at ? 'Make a new address' : 'Make a private address'}
              </button>
              {own.created_at && (
                <button type="button" onClick={() => revocation.start({})}>
                  Revoke the address
                </button>
              )}
            </p>
          </>
        )}
      </LoadedView>
    </section>
  );
}

function sentenceOf({ created_at }: OwnFeed): string {
  return created_at
    ? `Since ${moment(created_at)} there is a private address at which a calendar follows your sessions. A new one ends it.`
    : 'A calendar that subscribes to a private address follows all your sessions: new ones, moves and cancellations.';
}

/** Shown this once: the server keeps no more than a digest. */
function Address({ secret }: { secret: string }) {
  const [isCopied, setCopied] = useState(false);
  const path = `/rest/v1/rpc/get_calendar_feed?p_secret=${secret}`;
  const address = location.origin + path;
  return (
    <Notice
      kind="success"
      sentence="This is your address."
      advice="It is shown only now, and whoever knows it can read your sessions."
    >
      <input
        readOnly
        aria-label="Your calendar address"
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      {navigator.clipboard && (
        <button type="button" onClick={() => navigator.clipboard.writeText(address).then(() => setCopied(true))}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      )}
      <a class="button" href={`webcal://${location.host}${path}`}>
        Subscribe
      </a>
    </Notice>
  );
}
