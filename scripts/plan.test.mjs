import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/paths.mjs';

const QUESTION =
  '{"model":"meta-llama/Llama-3.1-8B-Instruct","gpu":"L4","contextLength":8192}';

/** The script with pipes at both ends. */
function startPlan() {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'plan.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stderr.resume();
  const answers = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  return {
    child,
    write: line => child.stdin.write(`${line}\n`),
    answer: async () => {
      const { value, done } = await answers.next();
      return done ? undefined : JSON.parse(value);
    },
  };
}

test('answers each line before the next one is asked, and goes on after a bad one', async () => {
  const { child, write, answer } = startPlan();
  const closed = once(child, 'close');
  write(QUESTION);
  const first = await answer();
  assert.equal(first.verdict, 'Fits');
  assert.equal(first.kvBytesPerToken, 131072);
  write('nonsense');
  assert.deepEqual(await answer(), { error: 'The line is no JSON' });
  // The last line needs no line feed.
  child.stdin.end(QUESTION);
  assert.deepEqual(await answer(), first);
  assert.equal(await answer(), undefined);
  assert.deepEqual(await closed, [0, null]);
});

test('ends quietly when nobody reads on', async () => {
  const { child, write, answer } = startPlan();
  const closed = once(child, 'close');
  child.stdin.on('error', () => undefined);
  write(QUESTION);
  await answer();
  child.stdout.destroy();
  for (let line = 0; line < 1000; line += 1) write(QUESTION);
  child.stdin.end();
  assert.deepEqual(await closed, [0, null]);
});

test('tells of an installation on standard error alone', async () => {
  const progress = pathToFileURL(join(ROOT, 'scripts/lib/progress.mjs')).href;
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { phase, progressToStandardError, say } from '${progress}';
     progressToStandardError();
     await phase('Installing', async () => say('half way'));`,
  ]);
  const told = { stdout: '', stderr: '' };
  for (const name of Object.keys(told)) {
    child[name].on('data', data => {
      told[name] += data;
    });
  }
  await once(child, 'close');
  assert.equal(told.stdout, '');
  assert.match(told.stderr, /Installing …\nhalf way\n✓ Installing/);
});
