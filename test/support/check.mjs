/**
 * `npm run check`: everything that can be said about the code without running it. All steps run, two at a time; each
 * says in one line how it went, and where it failed also what it found and what to do.
 */
import { spawn } from 'node:child_process';

/** Each is a script of package.json, `check:<step>`, and can be run by itself. */
const STEPS = {
  types: 'Make the code compile.',
  schema: 'Run `npm run schema` and commit schema.graphql.',
  lint: 'Correct what is named; `npx oxlint --fix` does the mechanical part.',
  format: 'Run `npm run format`.',
  boundaries: 'Import what the rule allows; .dependency-cruiser.cjs says why.',
  unused: 'Delete what nobody uses.',
  'unused-but-for-tests': 'Delete what only tests use, or use it.',
};
const AT_ONCE = 2;
const LINES_SHOWN = 40;

function run([name, whatToDo]) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', `check:${name}`], { env: { ...process.env, NO_COLOR: '1' } });
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => lines.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
      if (code !== 0) explain(Buffer.concat(lines).toString(), whatToDo);
      resolve(code === 0);
    });
  });
}

function explain(output, whatToDo) {
  const lines = output.trimEnd().split('\n');
  for (const line of lines.slice(0, LINES_SHOWN)) console.log(`        ${line}`);
  if (lines.length > LINES_SHOWN) console.log(`        … and ${lines.length - LINES_SHOWN} lines more`);
  console.log(`        → ${whatToDo}`);
}

const waiting = Object.entries(STEPS);
const results = [];
async function runWaiting() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await run(step));
}
await Promise.all(Array.from({ length: AT_ONCE }, runWaiting));

const failed = results.filter((ok) => !ok).length;
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${results.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
