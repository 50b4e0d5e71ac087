import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeKubeconfig } from './kubeconfig';
import { core, eventually, expectCode, SuiteRef } from './suite';

interface Told {
  type: string;
  name?: string;
  note?: string;
}

/** The official JavaScript client on this server. */
export function clientsContract(suite: SuiteRef) {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contract-client-'));
  });
  afterAll(() => {
    child?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('feeds an informer with a list, events and what happened while it was away', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'secrets');
    const make = async (name: string) =>
      expectCode(
        await admin.post(path, {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name },
        }),
        201,
      );
    await make('first');
    const kubeconfig = writeKubeconfig(folder, suite());
    child = spawn(
      process.execPath,
      [require.resolve('./informer.child.mjs'), kubeconfig, ns],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        // Loaders of the test runner have no business in the child.
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    const told: Told[] = [];
    createInterface({ input: child.stdout! }).on('line', line =>
      told.push(JSON.parse(line)),
    );
    const hear = (type: string, name?: string) =>
      eventually(
        async () => told,
        all => all.some(one => one.type === type && one.name === name),
      );
    await hear('add', 'first');
    await hear('started');
    await make('second');
    await hear('add', 'second');
    await admin.patch(`${path}/first`, 'merge', {
      metadata: { labels: { note: 'new' } },
    });
    await hear('update', 'first');
    expect(told.find(one => one.type === 'update')?.note).toBe('new');
    await admin.delete(`${path}/second`);
    await hear('delete', 'second');
    child.stdin!.write('restart\n');
    await hear('stopped');
    await admin.delete(`${path}/first`);
    await make('third');
    child.stdin!.write('start\n');
    await hear('add', 'third');
    await hear('delete', 'first');
  });
}
