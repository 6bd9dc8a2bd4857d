const url = /([a-z][a-z0-9+.-]*:\/\/)([^\s/"'\\@]*@)?([^\s/"'\\?#]+)([^\s"'\\)]*)/gi

/** A path segment or query of this many letters and digits is taken for an access key. */
const keyLike = /[A-Za-z0-9_-]{16,}/

/**
 * Removes credentials from URLs in a text: user and password always, path and query when they look like they hold an access key.
 * RPC providers put keys there, and error messages of clients repeat the URL.
 */
export function redactUrls(text: string): string {
  if (!text.includes('://')) return text
  return text.replace(url, (_, scheme: string, user: string | undefined, host: string, rest: string) =>
    [scheme, user ? '[redacted]@' : '', host, keyLike.test(rest) ? '/[redacted]' : rest].join(''),
  )
}
