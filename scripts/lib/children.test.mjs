import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const CHILDREN = pathToFileURL(join(ROOT, 'scripts', 'lib', 'children.mjs'));

// A program with a program of its own, which prints both process ids and never ends.
const PARENT_AND_CHILD = `
  const { spawn } = require('node:child_process');
  const own = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log('pids', process.pid, own.pid);
  setInterval(() => {}, 1000);
`;

/** Runs a script that starts children; collects its lines. */
function runScript(body) {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { createChildren } from '${CHILDREN}';\n${body}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines = [];
  const waiting = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      waiting.forEach(check => check());
    });
  }
  return {
    child,
    lines,
    closed: once(child, 'close'),
    line: pattern =>
      new Promise(resolve => {
        const check = () => {
          const found = lines.find(line => pattern.test(line));
          if (found) resolve(found);
        };
        waiting.push(check);
        check();
      }),
  };
}

/** Whether a process runs; one that ended and waits for its parent does not. */
function runs(pid) {
  try {
    process.kill(pid, 0);
    // Where nobody collects orphans, an ended one stays in the table as a zombie.
    return (
      process.platform !== 'linux' ||
      !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    );
  } catch {
    return false;
  }
}

async function gone(pids) {
  while (pids.some(runs)) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const start = code =>
  `children.start('one', process.execPath, ['-e', ${JSON.stringify(code)}]);`;

test('a signal ends every child and grandchild', async () => {
  const script = runScript(
    `const children = createChildren();\n${start(PARENT_AND_CHILD)}`,
  );
  const pids = (await script.line(/pids/)).match(/\d+/g).map(Number);
  script.child.kill('SIGINT');
  const [code] = await script.closed;
  await gone(pids);
  assert.equal(code, 0);
});

test('the end of one program ends the others and shows its last lines', async () => {
  const script = runScript(`
    const children = createChildren();
    ${start(PARENT_AND_CHILD)}
    const fatal = "console.log('disk on fire'); process.exit(3)";
    setTimeout(() => children.start('two', process.execPath, ['-e', fatal], { quiet: true }), 300);
  `);
  const pids = (await script.line(/pids/)).match(/\d+/g).map(Number);
  const [code] = await script.closed;
  await gone(pids);
  assert.equal(code, 1);
  assert.ok(script.lines.includes('two ended unexpectedly. Its last lines:'));
  assert.ok(script.lines.includes('disk on fire'));
});

test('a program that ends before it is ready rejects the wait with its output', async () => {
  const script = runScript(`
    const children = createChildren();
    const one = children.start('one', process.execPath, ['-e', "console.log('port in use')"], { quiet: true });
    one.waitForLine(/ready/).catch(error => console.log('caught ' + error.message.replace('\\n', ' ')));
  `);
  await script.closed;
  assert.ok(script.lines.includes('caught one ended: port in use'));
});
