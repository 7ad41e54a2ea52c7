/**
 * Completes package-lock.json for other platforms. Run it after each `npm install` that changes the lock:
 *
 *     node test/support/lock-fill.mjs
 *
 * Packages with native parts list one optional package per platform. A registry mirror may lack those of foreign
 * platforms; npm then leaves them out of the lock without a word, and a later `npm ci` refuses that very lock
 * ("Missing: … from lock file"). This adds an entry with version, os and cpu for each optional dependency that is
 * absent: enough for `npm ci` to find the lock complete and to skip the packages that are not for its platform.
 * It exits 1 where it cannot tell the platform from a package's name or the version from its range.
 */
import fs from 'node:fs';

const LOCK_FILE = 'package-lock.json';
const NPM_NAME_OF_SYSTEM = { windows: 'win32' };
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The places where Node looks for `dependency` when the package at `location` asks for it, nearest first. */
function lookupPlaces(location, dependency) {
  const parents = location === '' ? [''] : [location];
  for (let at = location; at.includes('/node_modules/');) {
    at = at.slice(0, at.lastIndexOf('/node_modules/'));
    parents.push(at);
  }
  if (location !== '') parents.push('');
  return parents.map((parent) => (parent === '' ? '' : `${parent}/`) + `node_modules/${dependency}`);
}

/** `{ os, cpu }` as far as the name says: `@swc/core-linux-arm64-gnu` is for linux, arm64. */
function platformOf(name) {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => NPM_NAME_OF_SYSTEM[word] ?? word);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word)) ?? (words.includes('armv7') ? 'arm' : undefined);
  return { ...(processor && { cpu: [processor] }), ...(system && { os: [system] }) };
}

/** The lowest version that an exact, caret or tilde range allows. */
function versionOf(range) {
  return /^[\^~]?(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(range)?.[1];
}

const lock = JSON.parse(fs.readFileSync(LOCK_FILE, 'utf8'));
const added = [];
const unclear = [];

for (const [location, entry] of Object.entries({ ...lock.packages })) {
  for (const [dependency, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lookupPlaces(location, dependency).some((place) => lock.packages[place])) continue;
    const platform = platformOf(dependency);
    const version = versionOf(range);
    if (!version || (!platform.os && !platform.cpu)) {
      unclear.push(`${dependency}@${range}, wanted by ${location || 'the project'}`);
      continue;
    }
    const isDevelopmentOnly = entry.dev === true;
    lock.packages[`node_modules/${dependency}`] = {
      version,
      ...platform,
      ...(isDevelopmentOnly && { dev: true }),
      optional: true,
    };
    added.push(dependency);
  }
}

if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([left], [right]) => left.localeCompare(right, 'en'));
  fs.writeFileSync(LOCK_FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
console.log(`${LOCK_FILE}: ${added.length} entries added${added.length > 0 ? `: ${added.join(', ')}` : ''}`);
for (const line of unclear) console.error(`not filled in (no platform or exact version to be seen): ${line}`);
process.exitCode = unclear.length > 0 ? 1 : 0;
