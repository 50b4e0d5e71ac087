import { spawn } from 'node:child_process';
import { own } from './owned.mjs';
import { UserError } from './UserError.mjs';

/**
 * Runs a program to its end. Its output is kept and shown only when it fails, or passed through with `show`.
 *
 * @returns {Promise<{ code: number, output: string }>} with `allowFailure`, else only on exit code 0
 */
export function run(command, args, options = {}) {
  const {
    show = false,
    allowFailure = false,
    explain,
    ...spawnOptions
  } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...spawnOptions,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    // Yarn and npm end their own children on it.
    own(child, 'SIGTERM');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', data => {
        // The end tells what went wrong; a runaway log must not fill the memory.
        output = (output + data).slice(-200_000);
      });
    }
    child.on('error', error =>
      reject(
        new UserError(
          error.code === 'ENOENT'
            ? `"${command}" is not on this machine; install it and try again.`
            : `"${command}" cannot be started: ${error.message}`,
        ),
      ),
    );
    child.on('close', code => {
      if (code === 0 || allowFailure) resolve({ code: code ?? 1, output });
      else {
        const sentence = explain?.(output);
        const tail = output.trim().split('\n').slice(-25).join('\n');
        reject(
          new UserError(
            sentence ?? `${command} ${args.join(' ')} failed:\n${tail}`,
          ),
        );
      }
    });
  });
}
