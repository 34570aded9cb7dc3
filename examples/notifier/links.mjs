// Where mails lead: to the session, and out of being told. Addresses are settings into which a notification's {session_id},
// {notification_id}, {recipient_id} and {type} are put.

/** What makes the addresses of a notification, and the headers that programs read them from. */
export function linksFrom({ sessionUrl, unsubscribeUrl, unsubscribePostUrl, unsubscribeMail }) {
  // RFC 8058: whoever posts there without having signed in must come by a secure connection.
  if (unsubscribePostUrl && !unsubscribePostUrl.startsWith('https://')) {
    throw new Error('NOTIFIER_UNSUBSCRIBE_POST_URL does not begin with https://');
  }
  return (notification) => {
    const known = { ...notification, session_id: notification.payload?.session_id };
    const made = (address) => address?.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(known[key] ?? ''));
    const mail = made(unsubscribeMail && `mailto:${unsubscribeMail}?subject=unsubscribe%20{notification_id}`);
    const ways = [mail, made(unsubscribePostUrl ?? unsubscribeUrl)].filter(Boolean);
    return {
      session: known.session_id ? made(sessionUrl) : undefined,
      unsubscribe: made(unsubscribeUrl) ?? mail,
      headers: {
        ...(ways.length > 0 && { 'List-Unsubscribe': ways.map((way) => `<${way}>`).join(', ') }),
        ...(unsubscribePostUrl && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    };
  };
}
