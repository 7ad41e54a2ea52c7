import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kind, parse } from 'graphql';
import { FIRST_DOCUMENT } from '../../apps/console/src/first-document';
import { DEMO_LOGINS } from '../../apps/cli/src/demo/demo-logins';
import { type RunningProduct, startProduct } from '../support/running-product';

const ROOT = resolve(__dirname, '../..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
const WALK = sectionOf(README, 'The main job in five minutes');

interface Step {
  readonly script: string;
  /** What the README says that the script prints; "…" stands for anything. Empty: nothing. */
  readonly says: string;
}

function sectionOf(text: string, title: string): string {
  const [, section] = text.split(`\n## ${title}\n`);
  if (section === undefined) throw new Error(`README.md has no section "${title}".`);
  return section.split('\n## ')[0] ?? '';
}

/** Each bash block with the text block that follows it, if any. */
function stepsOf(section: string): readonly Step[] {
  const blocks = [...section.matchAll(/^```(bash|text)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, language, script = ''], index) => {
    if (language !== 'bash') return [];
    const next = blocks[index + 1];
    return [{ script, says: next?.[1] === 'text' ? (next[2] ?? '') : '' }];
  });
}

/** The steps pasted into one bash, one after the other; what each printed. */
async function paste(steps: readonly Step[], url: string): Promise<readonly string[]> {
  const END_OF_STEP = '\u241e\n';
  const script = steps.map((step) => `${step.script}\nprintf '${END_OF_STEP}'\n`).join('');
  const bash = spawn('bash', ['-euo', 'pipefail'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  let complaints = '';
  bash.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  bash.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  bash.stdin.end(script.replaceAll('http://localhost:3000', url));
  const [code] = (await once(bash, 'close')) as [number | null];
  if (code !== 0 || complaints !== '') throw new Error(`bash exited with ${code}:\n${complaints}\nafter\n${printed}`);
  return printed.split(END_OF_STEP).slice(0, -1);
}

function patternOf(says: string): RegExp {
  const literal = says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*');
  return new RegExp(`^${literal}$`);
}

describe('README.md', () => {
  let database: TestDatabase;
  let product: RunningProduct;

  beforeAll(async () => {
    database = await createTestDatabase();
    product = await startProduct({ databaseUrl: database.url, demoWorld: true });
  }, 90_000);

  afterAll(async () => {
    await product?.stop();
    await database?.drop();
  });

  it('walks through the main job by copy and paste, and prints what it says', async () => {
    const steps = stepsOf(WALK);
    expect(steps.length).toBeGreaterThan(8);
    const printed = await paste(steps, product.url);
    expect(printed).toHaveLength(steps.length);
    for (const [index, { says }] of steps.entries()) expect(printed[index]).toMatch(patternOf(says));
  }, 60_000);

  it('names the demo people and their password', () => {
    const start = sectionOf(README, 'Start');
    for (const { email, password } of DEMO_LOGINS) {
      expect(start).toContain(`\`${email}\``);
      expect(start).toContain(`\`${password}\``);
    }
  });

  it('links to files that are there', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((target) => !existsSync(resolve(dirname(resolve(ROOT, 'README.md')), target)))).toEqual([]);
  });

  it('opens the API console with operations that work on the demo world', async () => {
    const client = product.client();
    for (const definition of parse(FIRST_DOCUMENT).definitions) {
      const name = definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? '') : '';
      const { start, end } = definition.loc ?? { start: 0, end: 0 };
      const data = await client.ask(FIRST_DOCUMENT.slice(start, end));
      expect([name, data]).toEqual(EXPECTED_OF_CONSOLE[name]);
    }
  });
});

const MIKA = '新井 美香 Mika Arai';
const EXPECTED_OF_CONSOLE: Readonly<Record<string, unknown>> = {
  SignIn: ['SignIn', { signIn: { viewer: { displayName: MIKA } } }],
  WhoAmI: ['WhoAmI', { me: { displayName: MIKA, influencer: { name: MIKA }, memberships: [], staffRoles: [] } }],
  CutChain: ['CutChain', { earnings: { edges: [expect.anything()] } }],
};
