import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { own } from '../lib/owned.mjs';

/**
 * A program that runs beside the lane and ends with it. `output()` is the end of what it wrote, `ended` resolves to its exit
 * code (or signal), `stop` asks it to end and insists after five seconds.
 *
 * @param options those of spawn; `endSignal` (SIGTERM) asks it to end, `abortSignal` (SIGKILL) when nobody can wait
 */
export function startProcess(command, args, options = {}) {
  const {
    endSignal = 'SIGTERM',
    abortSignal = 'SIGKILL',
    ...spawnOptions
  } = options;
  const child = spawn(command, args, {
    ...spawnOptions,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  own(child, abortSignal);
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].on('data', data => {
      written[stream] = (written[stream] + data).slice(-100_000);
    });
  }
  let running = true;
  const ended = new Promise(resolve => {
    const end = code => {
      running = false;
      resolve(code);
    };
    child.once('error', error => {
      written.stderr += error.message;
      end('error');
    });
    child.once('close', (code, signal) => end(code ?? signal));
  });
  return {
    pid: child.pid,
    isRunning: () => running,
    ended,
    written,
    output: () => `${written.stdout}\n${written.stderr}`.trim(),
    kill: signal => child.kill(signal),
    async stop(signal = endSignal) {
      if (!running) return ended;
      child.kill(signal);
      const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
      const code = await ended;
      clearTimeout(insist);
      return code;
    },
  };
}

/** Asks until `probe` gives something, or the process ends, or the time is over; then it is killed. */
export async function waitFor(title, started, probe, withinMs = 240_000) {
  const deadline = Date.now() + withinMs;
  let end;
  started.ended.then(code => {
    end = code;
  });
  for (;;) {
    if (end !== undefined) {
      throw new Error(`${title} ended with ${end}:\n${started.output()}`);
    }
    const found = await Promise.resolve()
      .then(probe)
      .catch(() => undefined);
    if (found) return found;
    if (Date.now() > deadline) {
      // Left alone it would keep the lane alive.
      await started.stop('SIGKILL');
      throw new Error(
        `${title} was not ready within ${withinMs / 1000} s:\n${started.output()}`,
      );
    }
    await sleep(100);
  }
}
