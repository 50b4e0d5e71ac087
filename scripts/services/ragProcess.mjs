import { freePort } from '../lib/ports.mjs';
import { startProcess, waitFor } from './processes.mjs';

/**
 * A generated service as its owner runs it.
 *
 * @param command program and arguments before `serve`, `ingest` and so on
 * @param cwd     folder of the repository
 * @param env     its configuration
 */
export function ragService({ command: [program, ...before], cwd, env }) {
  const start = (args, more = {}) =>
    startProcess(program, [...before, ...args], {
      cwd,
      env: { ...process.env, LOG_LEVEL: 'warning', ...env, ...more },
    });

  /** Runs a command to its end. `report` is the JSON of its last line. */
  const once = async (args, more) => {
    const started = start(args, more);
    const code = await started.ended;
    let report;
    try {
      report = JSON.parse(started.written.stdout.trim().split('\n').at(-1));
    } catch {
      // A command that failed prints none.
    }
    return { code, report, said: started.output() };
  };

  /** Starts the API and waits until it answers. */
  const serve = async more => {
    const port = await freePort(0);
    const started = start(['serve'], {
      HOST: '127.0.0.1',
      PORT: String(port),
      ...more,
    });
    const url = `http://127.0.0.1:${port}`;
    await waitFor(
      'The service',
      started,
      async () => (await fetch(`${url}/healthz`)).ok,
    );
    const post = async (path, body) => {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        json: () => JSON.parse(text),
      };
    };
    return {
      url,
      pid: started.pid,
      ended: started.ended,
      output: started.output,
      stop: () => started.stop(),
      query: body => post('/v1/query', body),
      chat: body => post('/v1/chat/completions', body),
      async get(path) {
        const response = await fetch(url + path);
        const text = await response.text();
        return { status: response.status, text, json: () => JSON.parse(text) };
      },
    };
  };

  return { start, once, serve };
}

/** Name and data of each event of a stream. */
export const readEvents = text =>
  text
    .trim()
    .split('\n\n')
    .map(block => ({
      name: block.match(/^event: (.*)$/m)?.[1],
      data: JSON.parse(block.match(/^data: (.*)$/m)[1]),
    }));
