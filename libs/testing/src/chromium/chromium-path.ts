import { findOnPath, isExecutable } from '../run/find-on-path';
import { describeWith } from '../run/needs';

/** The browser of CHROMIUM_PATH, else Debian's, else one on PATH. */
export function chromiumPath(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return isExecutable(given) ? given : undefined;
  const debian = '/usr/bin/chromium';
  if (isExecutable(debian)) return debian;
  return findOnPath('chromium-browser') ?? findOnPath('google-chrome');
}

/** `describe` for tests that drive a browser. */
export function describeWithChromium(name: string, tests: () => void): void {
  const howToGet = 'apt-get install chromium, or set CHROMIUM_PATH';
  describeWith({ what: 'chromium', isMet: chromiumPath() !== undefined, howToGet }, name, tests);
}
