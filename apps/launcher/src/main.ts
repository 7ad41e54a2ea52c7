import { DEMO_LOGINS } from '../../cli/src/demo/demo-logins';
import { Evenhand, type Started } from './evenhand';
import { say } from './progress';

async function main(): Promise<void> {
  const evenhand = new Evenhand();
  let isStopping = false;
  const stop = (exitCode: number) => {
    if (!isStopping) say('Stopping …');
    isStopping = true;
    void evenhand.stop().then(
      () => process.exit(exitCode),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  try {
    const started = await evenhand.start();
    evenhand.onFailure((message) => {
      say(message);
      stop(1);
    });
    say('Ready.');
    process.stdout.write(welcome(started));
  } catch (error) {
    // What was broken off by a stop is no news.
    if (isStopping) return;
    say(error instanceof Error ? error.message : String(error));
    stop(1);
  }
}

function welcome({ url, databaseUrl, isDemo }: Started): string {
  const logins = DEMO_LOGINS.map(({ email, password, who }) => `    ${email.padEnd(28)} ${password.padEnd(18)} ${who}`);
  return [
    '',
    `  Evenhand     ${url}`,
    `  API          ${url}/graphql`,
    `  DATABASE_URL ${databaseUrl}`,
    '',
    ...(isDemo ? ['  Demo logins', ...logins, ''] : []),
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n');
}

void main();
