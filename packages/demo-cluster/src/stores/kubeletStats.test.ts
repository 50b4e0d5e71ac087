/** @jest-environment node */
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../auth/bootstrap';
import { createObjectStore } from '../store/MemoryStore';
import { KubeObject } from '../store/ObjectStore';
import { createKubeletStats } from './kubeletStats';

const MIB = 2 ** 20;
const namespace = 'default';

interface Volume {
  usedBytes: number;
  availableBytes: number;
  capacityBytes: number;
  name: string;
  pvcRef: { name: string; namespace: string };
}

describe('/stats/summary of the demo', () => {
  const store = createObjectStore();
  const core = (plural: string) => ({ group: '', version: 'v1', plural });
  let root: string;
  let folders: { chroma: string; postgres: string } | undefined;

  const addClaim = (name: string, storage: string) =>
    store.create(core('persistentvolumeclaims'), {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace },
      spec: { resources: { requests: { storage } } },
      status: { phase: 'Bound', capacity: { storage } },
    });
  const addPod = (
    name: string,
    options: { image: string; claims: string[]; labels?: object },
  ) =>
    store.create(core('pods'), {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: options.labels },
      spec: {
        nodeName: 'n1',
        containers: [{ name: 'c', image: options.image }],
        volumes: options.claims.map(claimName => ({
          name: claimName,
          persistentVolumeClaim: { claimName },
        })),
      },
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'c', state: { running: {} } }],
      },
    } as KubeObject);

  const statsOf = createKubeletStats(
    store,
    () => folders,
    () => Date.parse('2026-11-02T08:00:00Z'),
  );
  const volumes = async (node = 'n1') => {
    const { pods } = (await statsOf(node)) as { pods: { volume: Volume[] }[] };
    return new Map(
      pods
        .flatMap(({ volume }) => volume)
        .map(volume => [volume.pvcRef.name, volume]),
    );
  };
  const write = (name: string, bytes: number) =>
    writeFileSync(join(root, name), Buffer.alloc(bytes, 1));

  beforeAll(() => {
    bootstrap(store);
    addClaim('data-chroma-0', '8Mi');
    addClaim('data-docs-0', '8Mi');
    addClaim('handbook-pg-1', '8Mi');
    addClaim('handbook-pg-1-wal', '4Mi');
    addPod('chroma-0', { image: 'chroma:1.5.9', claims: ['data-chroma-0'] });
    addPod('docs-0', { image: 'chroma:1.5.9', claims: ['data-docs-0'] });
    addPod('handbook-pg-1', {
      image: 'postgresql:18',
      claims: ['handbook-pg-1', 'handbook-pg-1-wal'],
      labels: { 'cnpg.io/cluster': 'handbook-pg' },
    });
  });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'promptside-stats-'));
    folders = {
      chroma: join(root, 'chroma'),
      postgres: join(root, 'postgres'),
    };
    mkdirSync(folders.chroma);
    mkdirSync(join(folders.postgres, 'pg_wal'), { recursive: true });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('grows with what is written to the folder, and shrinks again', async () => {
    const before = (await volumes()).get('data-chroma-0')!;
    write('chroma/ballast', 6 * MIB);
    const full = (await volumes()).get('data-chroma-0')!;
    expect(full.capacityBytes).toBe(8 * MIB);
    expect(full.usedBytes - before.usedBytes).toBeGreaterThanOrEqual(6 * MIB);
    expect(full.availableBytes).toBe(full.capacityBytes - full.usedBytes);
    rmSync(join(root, 'chroma/ballast'));
    expect((await volumes()).get('data-chroma-0')).toEqual(before);
  });

  it('is never fuller than full', async () => {
    write('chroma/ballast', 9 * MIB);
    expect((await volumes()).get('data-chroma-0')).toMatchObject({
      usedBytes: 8 * MIB,
      availableBytes: 0,
    });
  });

  it('counts what is written, not how long a file says it is', async () => {
    write('chroma/hole', 0);
    truncateSync(join(root, 'chroma/hole'), 6 * MIB);
    expect((await volumes()).get('data-chroma-0')!.usedBytes).toBeLessThan(MIB);
  });

  it('keeps WAL apart from the rest of PostgreSQL', async () => {
    write('postgres/table', 2 * MIB);
    write('postgres/pg_wal/segment', 3 * MIB);
    const found = await volumes();
    const inMib = (claim: string) =>
      Math.floor(found.get(claim)!.usedBytes / MIB);
    expect([inMib('handbook-pg-1'), inMib('handbook-pg-1-wal')]).toEqual([
      2, 3,
    ]);
  });

  it('says nothing of pods without data of their own, of other nodes, and without real stores', async () => {
    expect([...(await volumes()).keys()].sort()).toEqual([
      'data-chroma-0',
      'handbook-pg-1',
      'handbook-pg-1-wal',
    ]);
    expect((await volumes('n2')).size).toBe(0);
    folders = undefined;
    expect((await volumes()).size).toBe(0);
  });
});
