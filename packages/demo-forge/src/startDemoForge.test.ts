import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import request from 'supertest';
import { startDemoForge, type DemoForge } from './startDemoForge';

const exec = promisify(execFile);
const git = (args: string[], cwd?: string) =>
  exec('git', args, {
    cwd,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });

describe('demo-forge', () => {
  let forge: DemoForge;
  let dir: string;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'demo-forge-'));
    forge = await startDemoForge({
      root: join(dir, 'forge'),
      port: 0,
      username: 'demo',
      password: 'secret',
    });
  });
  afterEach(async () => {
    await forge.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const create = (name: unknown, owner = 'demo') =>
    request(forge.url)
      .post(`/api/v1/orgs/${owner}/repos`)
      .auth('demo', 'secret')
      .send({ name });
  const remote = (name: string, user = 'demo:secret') =>
    `${forge.url.replace('//', `//${user}@`)}/demo/${name}.git`;

  async function push(name: string, files: Record<string, string>) {
    const work = join(dir, `work-${name}`);
    await git(['init', '-q', '-b', 'main', work]);
    for (const [path, content] of Object.entries(files)) {
      writeFileSync(join(work, path), content);
    }
    await git(['add', '-A'], work);
    await git(
      [
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@example.com',
        'commit',
        '-qm',
        'first <b>',
      ],
      work,
    );
    await git(['push', '-q', remote(name), 'main'], work);
  }

  it('takes a push of the real git and gives it back as clone, file, commit and archive', async () => {
    await create('chat').expect(201);
    await push('chat', { 'catalog-info.yaml': 'kind: Component\n' });

    await git([
      'clone',
      '-q',
      `${forge.url}/demo/chat.git`,
      join(dir, 'clone'),
    ]);
    expect(readFileSync(join(dir, 'clone', 'catalog-info.yaml'), 'utf8')).toBe(
      'kind: Component\n',
    );

    const api = request(forge.url);
    const { body } = await api
      .get('/api/v1/repos/demo/chat/contents/catalog-info.yaml?ref=main')
      .expect(200);
    expect(Buffer.from(body.content, body.encoding).toString()).toBe(
      'kind: Component\n',
    );
    const commit = await api
      .get('/api/v1/repos/demo/chat/git/commits/main')
      .expect(200);
    expect(commit.body.sha).toMatch(/^[0-9a-f]{40}$/);
    await api
      .get('/api/v1/repos/demo/chat/archive/main.tar.gz')
      .expect(200)
      .expect('content-type', /gzip/);
  });

  it('refuses a second repository of the same name and leaves the first as it was', async () => {
    await create('chat').expect(201);
    await push('chat', { a: '1' });
    const { body } = await create('chat').expect(409);
    expect(body.message).toContain('choose another name');
    await request(forge.url)
      .get('/api/v1/repos/demo/chat/contents/a?ref=main')
      .expect(200);
  });

  it.each([
    '../x',
    'a/b',
    '.git',
    'a..b',
    'x.git',
    '-x',
    '',
    5,
    'a b',
    '%2e%2e',
  ])('takes %j for no repository name', async name => {
    const { status, body } = await create(name);
    expect(status).toBe(422);
    expect(body.message).toEqual(expect.any(String));
    expect(existsSync(join(dir, 'forge', 'demo'))).toBe(false);
  });

  it.each(['--output=x', 'main..main', 'nope', '%2e%2e'])(
    'takes %s for no commit',
    async ref => {
      await create('chat');
      await push('chat', { a: '1' });
      const { status, body } = await request(forge.url).get(
        `/api/v1/repos/demo/chat/git/commits/${ref}`,
      );
      expect(status).toBe(404);
      expect(body).not.toHaveProperty('sha');
    },
  );

  it('lets nobody write without the password', async () => {
    await create('chat').expect(201);
    await request(forge.url)
      .post('/api/v1/orgs/demo/repos')
      .auth('demo', 'wrong')
      .send({ name: 'other' })
      .expect(401);
    await request(forge.url)
      .post('/api/v1/orgs/demo/repos')
      .send({ name: 'other' })
      .expect(401);
    const work = join(dir, 'work');
    await git(['init', '-q', '-b', 'main', work]);
    await git(
      [
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@e.c',
        'commit',
        '-q',
        '--allow-empty',
        '-m',
        'x',
      ],
      work,
    );
    await expect(
      git(['push', '-q', remote('chat', 'demo:wrong'), 'main'], work),
    ).rejects.toThrow(/Authentication failed|403|401/);
  });

  it('takes the service of a push from its path alone', async () => {
    await create('chat').expect(201);
    const { status } = await request(forge.url)
      .post('/demo/chat.git/git-receive-pack?service=git-upload-pack')
      .set('Content-Type', 'application/x-git-receive-pack-request')
      .send('0000');
    expect(status).toBe(401);
  });

  it('knows only its own organisations', async () => {
    const known = await request(forge.url).get('/api/v1/orgs/demo');
    expect(known.status).toBe(200);
    const unknown = await request(forge.url).get('/api/v1/orgs/nobody');
    expect(unknown.status).toBe(404);
    const refused = await create('chat', 'nobody');
    expect(refused.status).toBe(404);
    expect(existsSync(join(dir, 'forge', 'nobody'))).toBe(false);
  });

  it('shows files and commits as text, never as markup', async () => {
    await create('chat');
    await push('chat', { 'x.html': '<script>alert(1)</script>' });
    const api = request(forge.url);
    const file = await api.get('/demo/chat/src/branch/main/x.html').expect(200);
    expect(file.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(file.text).not.toContain('<script>');
    expect(file.headers['content-security-policy']).toContain("'none'");
    const tree = await api.get('/demo/chat/src/branch/main/').expect(200);
    expect(tree.text).toContain('first &lt;b&gt;');
    await api.get('/demo/chat').expect(302);
    await api.get('/').expect(200, /demo\/chat/);
  });
});
