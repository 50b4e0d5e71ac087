import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DOWNLOAD_SCRIPT, WAIT_SCRIPT } from './weightsScripts';

const REVISION = '0123456789abcdef0123456789abcdef01234567';
const WEIGHTS = 'weights of a model';
const SHA256 = createHash('sha256').update(WEIGHTS).digest('hex');

/** Plays `hf`: notes its words and token, then does what the test says. */
const HF = `#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word" >>"$HF_CALLS"; done
while [ "$1" != --local-dir ]; do shift; done
dir=$2
eval "$HF_PLAYS"
`;

const LOADS = `mkdir -p "$dir/.cache"; printf '%s' '${WEIGHTS}' >"$dir/model.safetensors"; echo '{}' >"$dir/config.json"`;

describe('the shell of shared weights', () => {
  let home: string;
  let volume: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'promptside-weights-'));
    volume = path.join(home, 'volume');
    await mkdir(path.join(home, 'bin'));
    await mkdir(volume);
    const hf = path.join(home, 'bin', 'hf');
    await writeFile(hf, HF);
    await chmod(hf, 0o755);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const run = (
    script: string,
    env: Record<string, string> = {},
    onOutput: () => void = () => {},
  ) =>
    new Promise<{ code: number; out: string; err: string }>(resolve => {
      const child = execFile(
        '/bin/sh',
        ['-c', script],
        {
          env: {
            PATH: `${home}/bin:${process.env.PATH}`,
            TMPDIR: home,
            HF_CALLS: path.join(home, 'calls'),
            HF_PLAYS: LOADS,
            WEIGHTS_ROOT: volume,
            WEIGHTS_FOLDER: `acme--model/${REVISION}`,
            WEIGHTS_REPOSITORY: 'acme/model',
            WEIGHTS_REVISION: REVISION,
            WEIGHTS_MARKER: REVISION,
            WEIGHTS_FILE: '',
            WEIGHTS_INCLUDE: '',
            WEIGHTS_EXCLUDE: 'original/* *.bin',
            WEIGHTS_SUMS: path.join(home, 'SHA256SUMS'),
            WEIGHTS_STALE_MINUTES: '60',
            WEIGHTS_JOB: 'chat-load-abcde',
            WEIGHTS_WAIT_SECONDS: '0',
            WEIGHTS_POLL_SECONDS: '0.05',
            ...env,
          } as unknown as NodeJS.ProcessEnv,
        },
        (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
      );
      child.stdout?.once('data', onOutput);
    });
  const download = (env?: Record<string, string>) => run(DOWNLOAD_SCRIPT, env);
  const wait = (env?: Record<string, string>) => run(WAIT_SCRIPT, env);
  const folder = () => path.join(volume, 'acme--model', REVISION);
  const textOf = (name: string) => readFile(path.join(folder(), name), 'utf8');
  const calls = async () =>
    (await readFile(path.join(home, 'calls'), 'utf8')).trim().split('\n');

  it('downloads the commit without what is not loaded, and marks it', async () => {
    const { code, out } = await download();
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Complete: acme/model at ${REVISION}`),
    });
    expect(await calls()).toEqual([
      'download',
      'acme/model',
      '--revision',
      REVISION,
      '--local-dir',
      folder(),
      '--exclude',
      'original/*',
      '--exclude',
      '*.bin',
    ]);
    expect((await readdir(folder())).sort()).toEqual([
      '.complete',
      'config.json',
      'model.safetensors',
    ]);
    expect(await textOf('.complete')).toBe(`${REVISION}\n`);
  });

  it('lets everybody read what it wrote, whoever the server runs as', async () => {
    await download({ HF_PLAYS: `${LOADS}; chmod 600 "$dir/config.json"` });
    const { mode } = await stat(path.join(folder(), 'config.json'));
    // eslint-disable-next-line no-bitwise
    expect(mode & 0o777).toBe(0o644);
  });

  it('asks the hub for nothing when the commit is there', async () => {
    await download();
    await rm(path.join(home, 'calls'));
    expect(await download()).toMatchObject({
      code: 0,
      out: expect.stringContaining('complete already'),
    });
    await expect(calls()).rejects.toThrow('ENOENT');
  });

  it('takes no value for code', async () => {
    const evil = `"; touch ${home}/pwned; $(touch ${home}/pwned) \`touch ${home}/pwned\``;
    await download({
      WEIGHTS_REPOSITORY: evil,
      WEIGHTS_MARKER: evil,
      WEIGHTS_REVISION: evil,
      WEIGHTS_EXCLUDE: evil,
    });
    await wait({ WEIGHTS_MARKER: evil, WEIGHTS_JOB: evil });
    expect((await calls())[1]).toBe(evil);
    expect(await readdir(home)).not.toContain('pwned');
  });

  it('compares checksums, and lets a broken file be loaded again', async () => {
    const sums = path.join(home, 'SHA256SUMS');
    await writeFile(sums, `${SHA256}  model.safetensors\n`);
    const broken = await download({
      HF_PLAYS: `${LOADS}; printf x >>"$dir/model.safetensors"`,
    });
    expect(broken).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        "SHA-256 differs from the hub's list: model.safetensors",
      ),
    });
    const left = await readdir(folder());
    expect(left).not.toContain('model.safetensors');
    expect(left).not.toContain('.complete');
    expect(await wait()).toMatchObject({
      code: 1,
      err: expect.stringContaining('after 0 s: SHA-256 differs'),
    });

    expect(await download()).toMatchObject({ code: 0 });
    expect(await readdir(folder())).not.toContain('.failed');
  });

  it('misses a file that the list has', async () => {
    await writeFile(
      path.join(home, 'SHA256SUMS'),
      `${SHA256}  model-2.safetensors\n`,
    );
    expect(await download()).toMatchObject({
      code: 1,
      err: expect.stringContaining('model-2.safetensors'),
    });
  });

  /** With what an earlier try left in the folder, hf 2.4 ends with 0 although it could not reach the hub. */
  const existing = (why: string) =>
    `Returning existing local_dir \`/weights\` as remote repo cannot be accessed in \`snapshot_download\` (${why}).`;

  // The sentences are those of huggingface_hub 1.7 and 2.4 (cli/_errors.py, _snapshot_download.py, utils/_http.py).
  it.each([
    [
      'a gated model, with a folder from before',
      existing('403 Client Error. Cannot access gated repo for url http://x'),
      /acme\/model is gated/,
      0,
    ],
    [
      'a repository that is hidden, with a folder from before',
      existing('401 Client Error. Repository Not Found for url: http://x'),
      /shows no repository acme\/model to this token/,
      0,
    ],
    [
      'a gated model',
      "Error: Access denied. Model 'acme/model' requires approval.",
      /acme\/model is gated: accept its licence.*spec\.model\.tokenSecret/,
    ],
    [
      'a commit that is none',
      "Error: Revision not found in model 'acme/model'.",
      new RegExp(`acme/model has no commit ${REVISION}`),
    ],
    [
      'a repository that the token does not see',
      "Error: Model 'acme/model' not found. If the repo is private, make sure you are authenticated.",
      /shows no repository acme\/model to this token/,
    ],
  ])('gives up on %s, and tells the servers', async (...row) => {
    const [, says, message, exit = 1] = row;
    const { code, err } = await download({
      HF_SAYS: says,
      HF_PLAYS: `printf '%s\\n' "$HF_SAYS" >&2; exit ${exit}`,
    });
    expect({ code, err }).toMatchObject({
      code: 3,
      err: expect.stringMatching(message),
    });
    const waiting = await wait({ WEIGHTS_WAIT_SECONDS: '60' });
    expect(waiting).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The weights cannot be downloaded: /),
    });
    expect(waiting.err).toMatch(message);
  });

  it('tries again when the hub is busy, and keeps what it has', async () => {
    const { code, err } = await download({
      HF_PLAYS: `${LOADS}; echo 503 Service Unavailable >&2; exit 1`,
    });
    expect(code).toBe(1);
    expect(err).toContain(
      'The download of acme/model was interrupted: 503 Service Unavailable',
    );
    expect(await readdir(folder())).toContain('model.safetensors');
  });

  it('is not content with a folder from before while the hub is away', async () => {
    const { code, err } = await download({
      HF_SAYS: existing("Server error '503 Service Unavailable' for url"),
      HF_PLAYS: `${LOADS}; printf '%s\\n' "$HF_SAYS" >&2; echo Downloaded`,
    });
    expect(code).toBe(1);
    expect(err).toContain("Server error '503 Service Unavailable'");
    expect(await readdir(folder())).not.toContain('.complete');
  });

  it('misses a shard that the index names', async () => {
    const index =
      '{"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}}';
    const plays = `${LOADS}; echo '${index}' >"$dir/model.safetensors.index.json"`;
    expect(await download({ HF_PLAYS: plays })).toMatchObject({
      code: 1,
      err: expect.stringContaining('model-2.safetensors is missing'),
    });
    expect(
      await download({
        HF_PLAYS: `${plays}; echo b >"$dir/model-2.safetensors"`,
      }),
    ).toMatchObject({ code: 0 });
  });

  it('refuses a repository of pickles', async () => {
    expect(
      await download({ HF_PLAYS: 'echo {} >"$dir/config.json"' }),
    ).toMatchObject({
      code: 3,
      err: expect.stringContaining('has no safetensors files'),
    });
  });

  it('brings one GGUF file, and marks which', async () => {
    const env = {
      WEIGHTS_FILE: 'q4/model.gguf',
      WEIGHTS_INCLUDE: 'q4/model.gguf',
      WEIGHTS_EXCLUDE: '',
      WEIGHTS_MARKER: `${REVISION} q4/model.gguf`,
    };
    expect(await download(env)).toMatchObject({
      code: 3,
      err: expect.stringContaining('has no file q4/model.gguf'),
    });
    const plays = {
      HF_PLAYS: 'mkdir -p "$dir/q4"; echo gguf >"$dir/q4/model.gguf"',
    };
    expect(await download({ ...env, ...plays })).toMatchObject({ code: 0 });
    expect((await calls()).slice(-2)).toEqual(['--include', 'q4/model.gguf']);
    expect(await wait(env)).toMatchObject({ code: 0 });
    expect(await wait()).toMatchObject({ code: 1 });
  });

  it('keeps the revision that was used last, and removes older ones', async () => {
    const at = async (revision: string, seconds: number) => {
      const old = path.join(volume, 'acme--model', revision);
      await mkdir(old, { recursive: true });
      await writeFile(path.join(old, '.complete'), revision);
      await utimes(path.join(old, '.complete'), seconds, seconds);
    };
    await at('oldest', 1000);
    await at('serving', 3000);
    await at('older', 2000);
    const half = path.join(volume, 'acme--model', 'interrupted');
    await mkdir(half);
    await writeFile(path.join(half, '.downloading'), '');
    await utimes(path.join(half, '.downloading'), 1000, 1000);
    await download();
    expect((await readdir(path.join(volume, 'acme--model'))).sort()).toEqual([
      REVISION,
      'serving',
    ]);
  });

  it('waits until the marker says the commit that is wanted', async () => {
    await mkdir(folder(), { recursive: true });
    await writeFile(path.join(folder(), '.complete'), 'another commit\n');
    let waiting: ReturnType<typeof run>;
    await new Promise<void>(resolve => {
      waiting = run(WAIT_SCRIPT, { WEIGHTS_WAIT_SECONDS: '60' }, resolve);
    });
    await download();
    expect(await waiting!).toMatchObject({
      code: 0,
      out: expect.stringContaining('Waits for Job chat-load-abcde'),
    });
  });

  it('points to the Job when nothing is known', async () => {
    expect(await wait()).toMatchObject({
      code: 1,
      err: 'The weights are not there after 0 s: see Job chat-load-abcde in this namespace\n',
    });
  });
});
