const MAX_LENGTH = 2048;

/** The address in its normal form; null for anything but a public https page without user or password. */
export function publicHttpsUrl(text: string): URL | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPublicPage =
    url.protocol === 'https:' && url.username === '' && url.password === '' && isDomain(url.hostname);
  return isPublicPage ? url : null;
}

/** A name with a letter in its last label: no bare host, no address in figures. */
function isDomain(hostname: string): boolean {
  return /\.[a-z0-9-]*[a-z][a-z0-9-]*$/.test(hostname);
}
