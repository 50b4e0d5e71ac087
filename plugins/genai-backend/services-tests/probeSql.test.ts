import { DEFAULT_STORE_THRESHOLDS } from '@promptside/backstage-plugin-genai-node';
import { Client } from 'pg';
import { createPgClient, probeSql } from '../src/vectorStores/probeSql';

// Not part of npm test: `npm run test:services` runs it on a real PostgreSQL with pgvector.
jest.setTimeout(60_000);

const DATABASE = 'promptside_probe';
const BARE = 'promptside_bare';
const clock = {
  now: () => Date.now(),
  sleep: () => Promise.reject(new Error('the probe of SQL does not wait')),
};

function server(): URL {
  const url = process.env.PROMPTSIDE_PG_URL;
  if (!url) throw new Error('PROMPTSIDE_PG_URL must be set');
  return new URL(url);
}

const opened: Client[] = [];

async function connect(database = DATABASE): Promise<Client> {
  const url = server();
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  opened.push(client);
  return client;
}

const probe = (database = DATABASE, user = 'postgres') =>
  probeSql({
    source: {
      name: 'docs',
      cluster: 'one',
      namespace: 'team-a',
      store: 'docs',
      host: server().hostname,
      port: Number(server().port),
      database,
      user,
      password: 'any',
      tls: 'off',
    },
    timeoutMs: 10_000,
    thresholds: DEFAULT_STORE_THRESHOLDS,
    clock,
    createClient: createPgClient,
  });

type Reading = Awaited<ReturnType<typeof probe>>;
const collection = ({ collections }: Reading, name: string) =>
  collections.find(found => found.name === name);
const check = ({ checks }: Reading, name: string) =>
  checks.find(found => found.name === name);

/** Asks until the server's catalogs and statistics show it; jest ends a wait that is too long. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

let db: Client;

beforeAll(async () => {
  const admin = await connect('postgres');
  for (const name of [DATABASE, BARE]) {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
  }
  await admin.query('DROP ROLE IF EXISTS promptside_reader');
  await admin.query('DROP ROLE IF EXISTS promptside_monitor');
  await admin.query('CREATE ROLE promptside_reader LOGIN');
  await admin.query('CREATE ROLE promptside_monitor LOGIN IN ROLE pg_monitor');
  db = await connect();
  await db.query('CREATE EXTENSION vector');
});

afterAll(() => Promise.all(opened.map(client => client.end())));

describe('probeSql on a real PostgreSQL', () => {
  it('tells the versions of server and extension', async () => {
    const reading = await probe();
    expect(reading.fault).toBeUndefined();
    expect(reading.reportedVersion).toMatch(
      /^PostgreSQL \d+\.\d+.*, pgvector 0\.\d+\.\d+$/,
    );
    expect(check(reading, 'Extension')).toMatchObject({ outcome: 'Pass' });
  });

  it('misses the extension in a database without it', async () => {
    expect(check(await probe(BARE), 'Extension')).toMatchObject({
      outcome: 'Fail',
      impact: 'Down',
      reason: 'ExtensionMissing',
    });
  });

  it('says of a database that is not there that it may not read it', async () => {
    expect((await probe('promptside_nowhere')).fault).toMatchObject({
      reason: 'Unauthorized',
    });
  });

  it('sees that an index is missing, and that it was made', async () => {
    await db.query('CREATE TABLE "Odd ""name" (embedding vector(3))');
    await db.query(`INSERT INTO "Odd ""name" VALUES ('[1,2,3]'), ('[3,2,1]')`);
    expect(collection(await probe(), 'Odd "name')).toEqual({
      name: 'Odd "name',
      dimension: 3,
      count: { value: 2, grade: 'measured' },
      indexState: 'Missing',
    });
    await db.query(
      'CREATE INDEX ON "Odd ""name" USING hnsw (embedding vector_cosine_ops)',
    );
    expect(collection(await probe(), 'Odd "name')).toMatchObject({
      indexState: 'Ready',
      indexKind: 'hnsw',
      metric: 'cosine',
    });
  });

  it('reads vectors of half precision', async () => {
    await db.query('CREATE TABLE wide (embedding halfvec(3072))');
    await db.query(
      'CREATE INDEX ON wide USING hnsw (embedding halfvec_cosine_ops)',
    );
    expect(collection(await probe(), 'wide')).toMatchObject({
      dimension: 3072,
      indexState: 'Ready',
      metric: 'cosine',
    });
  });

  it('leaves the count out that its role may not make, and tells the rest', async () => {
    const reading = await probe(DATABASE, 'promptside_reader');
    expect(reading.fault).toBeUndefined();
    expect(collection(reading, 'wide')).toEqual({
      name: 'wide',
      dimension: 3072,
      indexState: 'Ready',
      indexKind: 'hnsw',
      metric: 'cosine',
    });
  });

  it('follows a build, and names the invalid index that a cancelled one leaves', async () => {
    await db.query('CREATE TABLE built (embedding vector(3))');
    const writer = await connect();
    await writer.query('BEGIN');
    await writer.query(`INSERT INTO built VALUES ('[1,2,3]')`);
    const builder = await connect();
    const {
      rows: [{ pid }],
    } = await builder.query('SELECT pg_backend_pid() AS pid');
    // It waits for the transaction of the writer.
    const building = builder
      .query(
        'CREATE INDEX CONCURRENTLY built_vec ON built USING hnsw (embedding vector_l2_ops)',
      )
      .catch((error: Error) => error.message);

    const during = await eventually(async () => {
      const reading = await probe();
      const found = collection(reading, 'built');
      return found?.indexState === 'Building' ? reading : undefined;
    });
    expect(collection(during, 'built')?.message).toMatch(/waiting for writers/);
    expect(check(during, 'Indexes')).toMatchObject({ outcome: 'Pass' });

    // How far the builds of others are is hidden from a plain role; the index must not pass for one that failed.
    const plain = await probe(DATABASE, 'promptside_reader');
    expect(collection(plain, 'built')?.indexState).toBe('Building');
    expect(check(plain, 'Indexes')).toMatchObject({ outcome: 'Pass' });
    const monitor = await probe(DATABASE, 'promptside_monitor');
    expect(collection(monitor, 'built')?.message).toMatch(/waiting/);

    await db.query('SELECT pg_cancel_backend($1)', [pid]);
    expect(await building).toMatch(/cancel/);
    await writer.query('COMMIT');
    const after = await probe();
    expect(collection(after, 'built')?.indexState).toBe('Invalid');
    expect(check(after, 'Indexes')).toMatchObject({
      outcome: 'Fail',
      reason: 'IndexInvalid',
      message: expect.stringContaining('built_vec'),
    });

    await db.query('DROP INDEX built_vec');
    expect(check(await probe(), 'Indexes')).toMatchObject({ outcome: 'Pass' });
  });

  it('notices dead rows until a vacuum', async () => {
    await db.query(
      'CREATE TABLE bloated (id int, embedding vector(3)) WITH (autovacuum_enabled = false)',
    );
    await db.query(
      'CREATE INDEX ON bloated USING hnsw (embedding vector_cosine_ops)',
    );
    await db.query(
      `INSERT INTO bloated SELECT n, ARRAY[n, 1, 2]::real[]::vector FROM generate_series(1, 3000) AS n`,
    );
    await db.query('DELETE FROM bloated WHERE id <= 1500');
    await db.query('SELECT pg_stat_force_next_flush()');
    const bloat = await eventually(async () => check(await probe(), 'Bloat'));
    expect(bloat).toMatchObject({
      reason: 'DeadRows',
      message: expect.stringContaining('bloated'),
    });
    await db.query('VACUUM bloated');
    const gone = await eventually(async () =>
      check(await probe(), 'Bloat') ? undefined : 'gone',
    );
    expect(gone).toBe('gone');
  });
});
