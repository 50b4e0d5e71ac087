import { ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A program of the bench in a process of its own. */
export interface Child {
  /** Sends a question and waits for the answer of the same name. */
  ask<T>(question: string): Promise<T>;
  /** Resolves when a line of its output matches. */
  line(pattern: RegExp): Promise<void>;
  /** Resident memory in bytes, where the system tells it. */
  residentBytes(): number | undefined;
  stop(): Promise<void>;
}

const KEPT_LINES = 40;
const STOP_WITHIN_MS = 10_000;

/** Starts a TypeScript file in a process of its own; its output is kept for the case that it ends. */
export function startChild(
  file: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    execArgv?: string[];
  } = {},
): Child {
  const child: ChildProcess = fork(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    execArgv: [
      ...(options.execArgv ?? []),
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output: string[] = [];
  const watchers = new Set<() => void>();
  const answers = new Map<string, (value: unknown) => void>();
  let ended = false;
  const keep = (text: string) => {
    output = [...output, ...text.split('\n')].slice(-KEPT_LINES);
    watchers.forEach(look => look());
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  child.on('message', (message: { name: string; value: unknown }) => {
    answers.get(message.name)?.(message.value);
    answers.delete(message.name);
  });
  const closed = new Promise<void>(resolve => {
    child.on('close', () => {
      ended = true;
      watchers.forEach(look => look());
      resolve();
    });
  });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  return {
    ask: <T>(question: string) =>
      new Promise<T>((resolve, reject) => {
        answers.set(question, value => resolve(value as T));
        child.send({ name: question }, error => error && reject(error));
      }),
    line: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.some(text => pattern.test(text))) {
            watchers.delete(look);
            resolve();
          } else if (ended) {
            watchers.delete(look);
            reject(new Error(`${file} ended:\n${output.join('\n')}`));
          }
        };
        watchers.add(look);
        look();
      }),
    residentBytes() {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
        return kilobytes ? Number(kilobytes) * 1024 : undefined;
      } catch {
        return undefined;
      }
    },
    async stop() {
      process.off('exit', kill);
      if (ended) return;
      child.kill('SIGTERM');
      const timer = setTimeout(kill, STOP_WITHIN_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
