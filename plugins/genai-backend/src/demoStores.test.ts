import type {
  GenaiClient,
  VectorStoreDetail,
} from '@promptside/backstage-plugin-genai-common';
import { startDemoCluster, type DemoCluster } from '@promptside/demo-cluster';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../cluster-tests/eventually';
import { createKubeClient, type SendKube } from '../cluster-tests/KubeClient';
import { startPortal, type Portal } from '../cluster-tests/startPortal';

const BACKUPS = '/apis/postgresql.cnpg.io/v1/namespaces/model-platform/backups';

jest.setTimeout(180_000);

/** Writes a file without holes: a kubelet counts blocks and not lengths. */
function fill(path: string, bytes: number): void {
  const part = Buffer.alloc(2 ** 20, 1);
  const file = openSync(path, 'w');
  for (let left = bytes; left > 0; left -= part.length) {
    writeSync(file, part, 0, Math.min(part.length, Math.ceil(left)));
  }
  closeSync(file);
}

/** Real vector stores behind the demo's pods, and what the portal says of them while they break and recover. */
describe('health of real vector stores', () => {
  let cluster: DemoCluster;
  let portal: Portal;
  let genai: GenaiClient;
  let send: SendKube;

  const detail = (namespace: string, name: string) =>
    genai.getVectorStore({ cluster: 'tested', namespace, name });
  const chroma = () => detail('team-chat', 'chroma');
  const postgres = () => detail('model-platform', 'handbook-pg');
  const checkOf = (
    { health }: Pick<VectorStoreDetail, 'health'>,
    wanted: string,
  ) => health.checks.find(({ name }) => name === wanted);
  const sql = async (statement: string) => {
    const client = new Client({
      host: '127.0.0.1',
      port: cluster.stores!.postgresPort,
      user: 'postgres',
      database: 'postgres',
    });
    await client.connect();
    await client.query(statement);
    await client.end();
  };

  beforeAll(async () => {
    cluster = await startDemoCluster({ timeScale: 20, stores: {} });
    const access = {
      url: cluster.url,
      caData: cluster.caData,
      token: cluster.tokens.admin,
      portalToken: cluster.tokens.portal,
    };
    send = createKubeClient(access);
    portal = await startPortal(access, {
      postgresPort: cluster.stores!.postgresPort,
    });
    genai = portal.client;
    await eventually(
      () => genai.getClusters(),
      ({ items }) =>
        items.some(({ name, state }) => name === 'tested' && state === 'Live'),
    );
    // resources of operators are found a moment after the rest
    await eventually(
      () => genai.getVectorStores(),
      ({ items }) =>
        ['chroma', 'handbook-pg', 'products'].every(wanted =>
          items.some(({ name }) => name === wanted),
        ),
    );
  }, 300_000);

  afterAll(async () => {
    await portal?.stop();
    await cluster?.stop();
  }, 60_000);

  it('counts what is in Chroma', async () => {
    const { health } = await eventually(
      chroma,
      ({ health: now }) => now.collections[0]?.count?.value === 180,
    );
    expect(health).toMatchObject({
      state: 'Healthy',
      collectionCount: 1,
      collections: [
        {
          name: 'handbook',
          dimension: 384,
          metric: 'cosine',
          count: { value: 180, grade: 'measured' },
          embeddingModel: 'BAAI/bge-small-en-v1.5',
        },
      ],
      probe: { state: 'Answered' },
    });
  });

  it('sees inside PostgreSQL, and its backups beside it', async () => {
    const { health } = await eventually(
      postgres,
      ({ health: now }) => now.collectionCount === 1,
    );
    expect(health).toMatchObject({
      state: 'Healthy',
      replicas: { desired: 3, ready: 3 },
      primary: { name: 'handbook-pg-1' },
      backup: { state: 'Current', schedule: '0 0 2 * * *' },
      collections: [
        {
          name: 'chunks',
          dimension: 384,
          metric: 'cosine',
          indexState: 'Ready',
          indexKind: 'hnsw',
        },
      ],
    });
    expect(health.reportedVersion).toMatch(/^PostgreSQL 1\d.*pgvector 0\.8/);
  });

  it('reads Milvus by its protocol', async () => {
    const { health } = await eventually(
      () => detail('model-platform', 'products'),
      ({ health: now }) => now.collectionCount === 1,
    );
    expect(health.collections[0]).toMatchObject({
      dimension: 768,
      loaded: true,
    });
  });

  it('says that Chroma is away, and that it is back', async () => {
    process.kill(cluster.stores!.pids().chroma!, 'SIGKILL');
    const down = await eventually(
      chroma,
      ({ health }) => health.state === 'Down',
    );
    expect(checkOf(down, 'Reachable')).toMatchObject({
      outcome: 'Fail',
      reason: 'Unreachable',
      message: expect.stringContaining('error trying to reach service'),
    });
    const back = await eventually(
      chroma,
      ({ health }) => health.state === 'Healthy',
    );
    expect(back.health.collectionCount).toBe(1);
  });

  it('tells that its disk is full, and that there is room again', async () => {
    const before = await eventually(
      chroma,
      ({ item }) => item.storage?.usedRatio !== undefined,
    );
    expect(checkOf(before, 'Storage')).toMatchObject({ outcome: 'Pass' });
    const { sizeBytes, usedBytes } = before.item.storage!;
    const ballast = join(cluster.stores!.folders.chroma, 'ballast');
    fill(ballast, sizeBytes!.value * 0.975 - usedBytes!.value);
    const full = await eventually(
      chroma,
      ({ health }) => checkOf({ health }, 'Storage')?.outcome === 'Fail',
    );
    expect(full.item).toMatchObject({
      state: 'Degraded',
      reason: 'VolumeFull',
      message: 'data-chroma-0 is 97 % full: writes are about to fail',
    });
    expect(checkOf(full, 'Storage')?.evidence).toEqual([
      expect.objectContaining({
        kind: 'PersistentVolumeClaim',
        name: 'data-chroma-0',
        message: expect.stringMatching(/^\d+ of 512 MiB are used$/),
      }),
    ]);
    rmSync(ballast);
    const roomy = await eventually(
      chroma,
      ({ health }) => health.state === 'Healthy',
    );
    expect(roomy.item.storage!.usedRatio!.value).toBeLessThan(0.8);
  });

  it('misses an index that was dropped, and finds it again', async () => {
    await sql('DROP INDEX chunks_embedding_idx');
    const missing = await eventually(
      postgres,
      ({ health }) => health.indexState === 'Missing',
    );
    expect(checkOf(missing, 'IndexMissing')).toMatchObject({
      impact: 'Notice',
      message: expect.stringContaining('chunks'),
    });
    await sql(
      'CREATE INDEX chunks_embedding_idx ON chunks USING hnsw (embedding vector_cosine_ops)',
    );
    await eventually(postgres, ({ health }) => health.indexState === 'Ready');
  });

  it('tells a backup that failed', async () => {
    await send('POST', BACKUPS, {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Backup',
      metadata: { name: 'by-hand' },
      spec: { cluster: { name: 'handbook-pg' }, method: 'plugin' },
    });
    const inAMinute = new Date(Date.now() + 60_000).toISOString();
    await eventually(
      () =>
        send('PATCH', `${BACKUPS}/by-hand/status`, {
          status: {
            phase: 'failed',
            stoppedAt: inAMinute,
            error: 'the bucket is gone',
          },
        }).then(
          () => true,
          () => false,
        ),
      done => done,
    );
    const failed = await eventually(
      postgres,
      ({ health }) => health.backup.state === 'Failed',
    );
    expect(failed.item.state).toBe('Degraded');
    await send('DELETE', `${BACKUPS}/by-hand`);
    await eventually(
      postgres,
      ({ health }) => health.backup.state === 'Current',
    );
  });
});
