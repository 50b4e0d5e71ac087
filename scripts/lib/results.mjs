import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';

/** Counts over all checks and tests of a lane. */
export function createResults() {
  const total = { passed: 0, failed: 0 };
  return {
    total,
    add({ passed, failed }) {
      total.passed += passed;
      total.failed += failed;
    },
    /** A check that is one test: passes when it ends with 0, shows its output when not. */
    async check(title, command, args, options) {
      process.stdout.write(`• ${title}\n`);
      const { code, output } = await run(command, args, {
        ...options,
        allowFailure: true,
      });
      if (code === 0) total.passed += 1;
      else {
        total.failed += 1;
        process.stdout.write(`${output}\n✗ ${title}\n`);
      }
    },
    /** The line that CI reads; sets the exit code. */
    finish() {
      process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
      if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
    },
  };
}

/** Runs jest so that its counts can be read. A run that ends without a report counts as one failure. */
export async function runJest([program, ...programArgs], args, options) {
  const report = join(ROOT, `.jest-report-${process.pid}.json`);
  try {
    const { code, output } = await run(
      program,
      [...programArgs, ...args, '--json', `--outputFile=${report}`],
      { ...options, allowFailure: true, show: true },
    );
    const json = JSON.parse(readFileSync(report, 'utf8'));
    // A suite that could not be loaded has no tests of its own that could fail.
    const failed = json.numFailedTests + json.numRuntimeErrorTestSuites;
    if (code !== 0 && failed === 0) process.stdout.write(`${output}\n`);
    return {
      passed: json.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
    };
  } catch (error) {
    process.stdout.write(`jest ended without a report: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(report, { force: true });
  }
}

/** Runs node:test files and reads the counts of its summary. */
export async function runNodeTests(node, files, options) {
  const { code, output } = await run(
    node,
    ['--test', '--test-reporter=tap', ...files],
    { ...options, allowFailure: true },
  );
  const count = name =>
    Number(output.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  const passed = count('pass');
  const failed = count('fail');
  if (code !== 0) process.stdout.write(`${output}\n`);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}
