import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * The long-running programs of one start: a Ctrl-C, or the end of any of them, ends all.
 * Each gets a process group of its own, so that grandchildren go with it.
 */
export function createChildren({ onEnd } = {}) {
  const children = new Map();
  let stopping;

  const kill = (child, signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  };

  // Also of programs that have ended: their group may have members left.
  const stopGroups = async () => {
    const all = [...children.values()];
    all.forEach(({ child }) => kill(child, 'SIGTERM'));
    const deadline = setTimeout(
      () => all.forEach(({ child }) => kill(child, 'SIGKILL')),
      5000,
    );
    await Promise.all(all.map(({ ended }) => ended));
    clearTimeout(deadline);
  };

  const stopAll = () => {
    // No `??=`: an old Node must get as far as the sentence about its age.
    if (!stopping) stopping = stopGroups();
    return stopping;
  };

  const start = (name, command, args, options = {}) => {
    const { quiet = false, ...spawnOptions } = options;
    const child = spawn(command, args, {
      ...spawnOptions,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const tail = [];
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        tail.push(line);
        if (tail.length > 30) tail.shift();
        if (!quiet) process.stdout.write(`[${name}] ${line}\n`);
        lines.forEach(listener => listener(line));
      });
    }
    const ended = new Promise(resolve => {
      child.once('error', error => {
        tail.push(error.message);
        resolve();
      });
      child.once('close', resolve);
    });
    const entry = {
      name,
      child,
      ended,
      tail,
      /** Resolves with the first line that matches, rejects when the program ends before. */
      waitForLine: pattern =>
        new Promise((resolve, reject) => {
          lines.push(line => pattern.test(line) && resolve(line));
          ended.then(() =>
            reject(new Error(`${name} ended:\n${tail.join('\n')}`)),
          );
        }),
    };
    children.set(name, entry);
    ended.then(() => {
      if (stopping) return;
      process.stderr.write(
        `\n${name} ended unexpectedly. Its last lines:\n${tail.join('\n')}\n`,
      );
      process.exitCode = 1;
      stopAll().then(() => onEnd?.());
    });
    return entry;
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      stopAll().then(() => {
        onEnd?.();
        process.exit(process.exitCode ?? 0);
      });
    });
  }
  // Last resort, when this process ends by a fault of its own.
  process.on('exit', () => {
    for (const { child } of children.values()) kill(child, 'SIGKILL');
  });

  return { start, stopAll };
}
