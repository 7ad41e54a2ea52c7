import { EndpointUrlRefused } from './errors';

const MAX_LENGTH = 2_000;
/** Below it stand services that speak something else than we do. */
const FIRST_FREE_PORT = 1_024;
/** Names that mean something only on this network. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|onion|test|invalid|example)$/;

/**
 * The URL of an endpoint in its normal form: https to a public name at port 443 or one from 1024 on, without user, password
 * and fragment. With `allowLocal` also http, addresses and any name and port: for development. What the name resolves
 * to is checked elsewhere. Throws {@link EndpointUrlRefused}.
 */
export function checkEndpointUrl(text: string, { allowLocal }: { readonly allowLocal: boolean }): string {
  const url = parsed(text);
  if (url.protocol !== 'https:' && !(allowLocal && url.protocol === 'http:')) {
    throw new EndpointUrlRefused('The URL of an endpoint begins with https://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new EndpointUrlRefused(
      'The URL holds a user or a password; the signature is what tells that a message is ours.',
    );
  }
  if (url.hash !== '') throw new EndpointUrlRefused('The URL has a fragment (#), which is never sent.');
  if (!allowLocal) checkPlace(url);
  return url.href;
}

function parsed(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.href.length > MAX_LENGTH) {
    throw new EndpointUrlRefused(`This is no URL of ${MAX_LENGTH} characters at most.`);
  }
  return url;
}

function checkPlace({ hostname, port }: URL): void {
  const name = hostname.replace(/\.$/, '');
  // Whatever an address looked like, the URL's parser has made it dotted numbers or put it in brackets.
  if (name.startsWith('[') || /^[\d.]+$/.test(name)) {
    throw new EndpointUrlRefused('Name the host of the endpoint; an address is refused.');
  }
  if (!name.includes('.') || LOCAL_NAME.test(name)) {
    throw new EndpointUrlRefused('The host is known on a local network only.');
  }
  if (port !== '' && Number(port) < FIRST_FREE_PORT) {
    throw new EndpointUrlRefused(`The port is 443 or one from ${FIRST_FREE_PORT} on.`);
  }
}
