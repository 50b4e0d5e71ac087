import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeKubeconfig } from './kubeconfig';
import { configMap, deployment, gadget, pod } from './objects';
import { defineGadgets } from './gadgets';
import { apps, array, core, SuiteRef } from './suite';
import { kubectl, withKubectl } from './target';

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The real kubectl on this server. */
export function kubectlContract(suite: SuiteRef) {
  let folder: string;
  let kubeconfig: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contract-kubectl-'));
    kubeconfig = writeKubeconfig(folder, suite());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function start(args: string[]) {
    const child = spawn(kubectl!, args, {
      // Its discovery cache must not outlive the server of this run.
      env: {
        ...process.env,
        KUBECONFIG: kubeconfig,
        KUBECACHEDIR: join(folder, 'cache'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => {
      out += chunk;
    });
    child.stderr.on('data', chunk => {
      err += chunk;
    });
    const ended = new Promise<Ran>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code: code ?? -1, out, err }));
    });
    return { ended, out: () => out, kill: () => child.kill() };
  }

  const tried = (...args: string[]) => start(args).ended;

  async function run(...args: string[]): Promise<string> {
    const ran = await tried(...args);
    if (ran.code !== 0)
      throw new Error(`kubectl ${args.join(' ')}: ${ran.err}`);
    return ran.out;
  }

  function file(...objects: object[]): string {
    const path = join(folder, 'objects.yaml');
    writeFileSync(path, objects.map(object => stringify(object)).join('---\n'));
    return path;
  }

  withKubectl(
    'gets objects as a table, wide, as JSON, YAML, names and by label',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      await admin.post(
        core(ns, 'pods'),
        pod('p', { metadata: { labels: { app: 'x' } } }),
      );
      const table = (await run('get', 'pods', '-n', ns)).trim().split('\n');
      expect(table[0].split(/\s{2,}/)).toEqual([
        'NAME',
        'READY',
        'STATUS',
        'RESTARTS',
        'AGE',
      ]);
      expect(table[1]).toMatch(/^p\s+0\/1\s+Pending\s+0\s+\d+s$/);
      expect(
        await run('get', 'po', '-n', ns, '-o', 'wide', '-L', 'app'),
      ).toMatch(/NOMINATED NODE +READINESS GATES +APP\n.* x\n$/);
      expect(
        JSON.parse(await run('get', 'pod', 'p', '-n', ns, '-o', 'json')),
      ).toMatchObject({ kind: 'Pod', metadata: { name: 'p' } });
      expect(await run('get', 'pod/p', '-n', ns, '-o', 'yaml')).toMatch(
        /^apiVersion: v1\nkind: Pod\n/,
      );
      expect(await run('get', 'all', '-n', ns, '-o', 'name')).toBe('pod/p\n');
      expect(
        await run(
          'get',
          'pods',
          '-A',
          '-l',
          'app=x',
          '--field-selector',
          `metadata.namespace=${ns}`,
        ),
      ).toMatch(new RegExp(`^NAMESPACE .*\\n${ns} +p `));
      const missing = await tried('get', 'pod', 'none', '-n', ns);
      expect(missing).toMatchObject({
        code: 1,
        err: 'Error from server (NotFound): pods "none" not found\n',
      });
    },
  );

  withKubectl('describes', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'pods'), pod('p'));
    await admin.post(apps(ns, 'deployments'), deployment('d'));
    expect(await run('describe', 'pod', 'p', '-n', ns)).toMatch(
      /Image: +registry\.example\.com\/app:1\.0/,
    );
    expect(await run('describe', 'deployment', 'd', '-n', ns)).toMatch(
      /Replicas: +0 desired/,
    );
    expect(await run('describe', 'namespace', ns)).toMatch(/Status: +Active/);
  });

  withKubectl(
    'applies, tells when nothing changes, and shows the difference',
    async () => {
      const { namespace } = suite();
      const ns = await namespace();
      const apply = (...objects: object[]) =>
        run('apply', '-n', ns, '-f', file(...objects));
      expect(await apply(configMap('c', { a: '1' }), deployment('d'))).toBe(
        'configmap/c created\ndeployment.apps/d created\n',
      );
      expect(await apply(configMap('c', { a: '1' }), deployment('d'))).toBe(
        'configmap/c unchanged\ndeployment.apps/d unchanged\n',
      );
      const changed = [
        configMap('c', { b: '2' }),
        deployment('d', {
          container: { image: 'registry.example.com/app:2.0' },
        }),
      ];
      const difference = await tried('diff', '-n', ns, '-f', file(...changed));
      expect(difference.code).toBe(1);
      expect(difference.out).toMatch(/^\+ +b: "2"$/m);
      expect(difference.out).toMatch(
        /^- +- image: registry\.example\.com\/app:1\.0|^- +image: registry\.example\.com\/app:1\.0/m,
      );
      expect(await apply(...changed)).toBe(
        'configmap/c configured\ndeployment.apps/d configured\n',
      );
      // What the last apply no longer has is gone.
      expect(
        JSON.parse(await run('get', 'cm', 'c', '-n', ns, '-o', 'json')).data,
      ).toEqual({ b: '2' });
      expect((await tried('diff', '-n', ns, '-f', file(...changed))).code).toBe(
        0,
      );
    },
  );

  withKubectl('refuses unknown fields by default', async () => {
    const { namespace } = suite();
    const ns = await namespace();
    const wrong = {
      ...deployment('d'),
      spec: { ...deployment('d').spec, replica: 1 },
    };
    const ran = await tried('apply', '-n', ns, '-f', file(wrong));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(
      'strict decoding error: unknown field "spec.replica"',
    );
  });

  withKubectl(
    'applies server-side and reports the conflict of two managers',
    async () => {
      const { namespace } = suite();
      const ns = await namespace();
      const apply = (manager: string, value: string, ...flags: string[]) =>
        tried(
          'apply',
          '--server-side',
          '--field-manager',
          manager,
          '-n',
          ns,
          '-f',
          file(configMap('c', { a: value })),
          ...flags,
        );
      expect((await apply('alice', '1')).out).toBe(
        'configmap/c serverside-applied\n',
      );
      const conflict = await apply('bob', '2');
      expect(conflict.code).toBe(1);
      expect(conflict.err).toContain(
        'Apply failed with 1 conflict: conflict with "alice": .data.a',
      );
      expect((await apply('bob', '2', '--force-conflicts')).out).toBe(
        'configmap/c serverside-applied\n',
      );
    },
  );

  withKubectl('patches, labels, scales and deletes', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d'));
    const on = ['-n', ns];
    expect(
      await run(
        'patch',
        'deployment',
        'd',
        ...on,
        '-p',
        '{"spec":{"minReadySeconds":4}}',
      ),
    ).toBe('deployment.apps/d patched\n');
    expect(
      await run(
        'patch',
        'deployment',
        'd',
        ...on,
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/spec/minReadySeconds"}]',
      ),
    ).toBe('deployment.apps/d patched\n');
    expect(await run('label', 'deployment', 'd', ...on, 'tier=web')).toBe(
      'deployment.apps/d labeled\n',
    );
    expect(await run('scale', 'deployment', 'd', ...on, '--replicas=1')).toBe(
      'deployment.apps/d scaled\n',
    );
    expect(
      (await admin.get(apps(ns, 'deployments', 'd'))).body.spec.replicas,
    ).toBe(1);
    expect(await run('delete', 'deployment', 'd', ...on, '--wait')).toMatch(
      /^deployment\.apps "d" deleted/,
    );
    expect((await tried('get', 'deployment', 'd', ...on)).code).toBe(1);
  });

  withKubectl('watches and waits', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'pods'), pod('p'));
    const watching = start(['get', 'pods', '-n', ns, '-w', '--no-headers']);
    const waiting = tried(
      'wait',
      '--for=condition=Ready',
      'pod/p',
      '-n',
      ns,
      '--timeout=30s',
    );
    while (!watching.out().includes('Pending'))
      await new Promise(resolve => setTimeout(resolve, 50));
    await admin.patch(core(ns, 'pods', 'p', 'status'), 'strategic', {
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'main',
            ready: true,
            restartCount: 0,
            image: 'i',
            imageID: '',
            state: { running: {} },
          },
        ],
      },
    });
    expect((await waiting).out).toBe('pod/p condition met\n');
    while (!watching.out().includes('Running'))
      await new Promise(resolve => setTimeout(resolve, 50));
    watching.kill();
    const gone = tried(
      'wait',
      '--for=delete',
      'pod/p',
      '-n',
      ns,
      '--timeout=30s',
    );
    await run('delete', 'pod', 'p', '-n', ns, '--now', '--wait=false');
    // Nobody but a kubelet confirms the end of a pod that was said to run.
    await admin.delete(core(ns, 'pods', 'p'), { gracePeriodSeconds: 0 });
    expect((await gone).code).toBe(0);
  });

  withKubectl('lists resources and answers who may do what', async () => {
    const { namespace } = suite();
    const ns = await namespace();
    const resources = await run('api-resources', '--no-headers');
    expect(resources).toMatch(/^pods +po +v1 +true +Pod$/m);
    expect(resources).toMatch(
      /^deployments +deploy +apps\/v1 +true +Deployment$/m,
    );
    expect(await run('api-versions')).toMatch(/^apps\/v1$/m);
    expect(await run('auth', 'can-i', 'delete', 'nodes')).toBe('yes\n');
    const no = await tried(
      '--context',
      'dev-search',
      'auth',
      'can-i',
      'delete',
      'pods',
      '-n',
      ns,
    );
    expect(no).toMatchObject({ code: 1, out: 'no\n' });
    expect(await run('--context', 'dev-search', 'auth', 'whoami')).toMatch(
      /dev-search/,
    );
    const forbidden = await tried(
      '--context',
      'dev-search',
      'get',
      'secrets',
      '-n',
      ns,
    );
    expect(forbidden.err).toMatch(
      /^Error from server \(Forbidden\): secrets is forbidden: User "dev-search" cannot list/,
    );
    expect(JSON.parse(await run('get', '--raw', '/version')).major).toBe('1');
  });

  withKubectl('knows custom resources at once', async () => {
    const { namespace } = suite();
    const ns = await namespace();
    const gadgets = await defineGadgets(suite());
    expect(
      await run(
        'apply',
        '-n',
        ns,
        '-f',
        file(gadget(gadgets.group, 'g', { size: 'large' })),
      ),
    ).toBe(`gadget.${gadgets.group}/g created\n`);
    const rows = (await run('get', `gdt.${gadgets.group}`, '-n', ns))
      .trim()
      .split('\n');
    expect(rows.map(row => row.split(/\s{2,}/))).toEqual([
      ['NAME', 'SIZE'],
      ['g', 'large'],
    ]);
    await gadgets.remove();
  });

  withKubectl('creates and removes namespaces', async () => {
    const { kind } = suite();
    const name = `contract-kubectl-${kind}-${process.pid}`;
    expect(await run('create', 'namespace', name)).toBe(
      `namespace/${name} created\n`,
    );
    expect(
      await run('create', 'configmap', 'c', '-n', name, '--from-literal=a=1'),
    ).toBe('configmap/c created\n');
    expect(await run('delete', 'namespace', name, '--timeout=60s')).toMatch(
      /deleted/,
    );
    const { admin } = suite();
    expect((await admin.get(`/api/v1/namespaces/${name}`)).status).toBe(404);
    expect(
      array(
        (
          await admin.get('/api/v1/configmaps', {
            fieldSelector: `metadata.namespace=${name}`,
          })
        ).body.items,
      ),
    ).toEqual([]);
  });
}
