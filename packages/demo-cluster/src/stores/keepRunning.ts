import { ChildProcess, spawn } from 'node:child_process';

/** How long a process may take to end before it is killed. */
const GRACE_MS = 2_000;

/** Time until a process that ended is started again: long enough to see that it is away. */
const RESTART_MS = 20_000;

/** A process that is started again when it ends. */
export interface KeptProcess {
  /** Process id now; `undefined` while it is away. */
  pid(): number | undefined;
  /** Tells it something; lost while it is away. */
  send(message: object): void;
  stop(): Promise<void>;
}

/**
 * Keeps a program running until it is stopped. It ends with this process, also when this one is killed by its group.
 *
 * @param signal - which one the program understands as its end
 */
export function keepRunning(options: {
  args: readonly string[];
  signal: 'SIGINT' | 'SIGTERM';
  env?: Record<string, string>;
  /** Runs each time after the program has been started. */
  onStart(): void;
  onEnd(code: number | null, lastWords: string): void;
}): KeptProcess {
  const { args, signal, onStart, onEnd } = options;
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let stopped = false;

  const start = () => {
    let lastWords = '';
    const started = spawn(process.execPath, [...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...options.env },
    });
    child = started;
    started.stderr?.on('data', (part: Buffer) => {
      lastWords = (lastWords + part.toString()).slice(-600);
    });
    started.on('error', error => {
      lastWords = error.message;
    });
    started.on('close', code => {
      if (child === started) child = undefined;
      if (stopped) return;
      onEnd(code, lastWords.trim());
      restart = setTimeout(start, RESTART_MS);
      restart.unref();
    });
    onStart();
  };
  const killNow = () => child?.kill('SIGKILL');
  process.on('exit', killNow);
  start();

  return {
    pid: () => child?.pid,
    send(message) {
      if (child?.connected) child.send(message);
    },
    async stop() {
      stopped = true;
      clearTimeout(restart);
      process.off('exit', killNow);
      const running = child;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise<void>(resolve => {
        running.once('close', () => resolve());
      });
      const late = setTimeout(() => running.kill('SIGKILL'), GRACE_MS);
      running.kill(signal);
      await ended;
      clearTimeout(late);
    },
  };
}
