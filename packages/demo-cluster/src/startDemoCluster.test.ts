import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from './contract/client';
import { gadget, gadgetDefinition } from './contract/objects';
import { DemoCluster, startDemoCluster } from './startDemoCluster';
import { readState } from './store/persistence';

const GROUP = 'kept.example.com';
const GADGETS = `/apis/${GROUP}/v1/namespaces/default/gadgets`;

describe('a demo cluster with a state folder', () => {
  let stateDir: string;
  let cluster: DemoCluster | undefined;

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'demo-cluster-'));
  });
  afterEach(async () => {
    await cluster?.stop();
    cluster = undefined;
    rmSync(stateDir, { recursive: true, force: true });
  });

  const start = async () => {
    cluster = await startDemoCluster({ stateDir, seed: false });
    const { url, caData, tokens } = cluster;
    return createClient({ url, caData, token: tokens.admin });
  };
  const stop = async () => {
    await cluster?.stop();
    cluster = undefined;
  };
  const objects = () => join(stateDir, 'objects.ndjson');

  it('has its objects, custom ones too, its tokens and its versions after a restart', async () => {
    let admin = await start();
    const { tokens, caData } = cluster!;
    await admin.post(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      gadgetDefinition(GROUP),
    );
    const made = await admin.post(GADGETS, gadget(GROUP, 'g'));
    expect(made.status).toBe(201);
    admin.close();
    await stop();

    admin = await start();
    expect(cluster).toMatchObject({ tokens, caData });
    const kept = await admin.get(`${GADGETS}/g`);
    expect(kept.body).toEqual(made.body);
    const patched = await admin.patch(`${GADGETS}/g`, 'merge', {
      spec: { size: 'large' },
    });
    expect(Number(patched.body.metadata.resourceVersion)).toBeGreaterThan(
      Number(made.body.metadata.resourceVersion),
    );
    admin.close();
  });

  it('forgets a last line that was cut off, and nothing else', async () => {
    (await start()).close();
    await stop();
    appendFileSync(objects(), '{"put":["","configmaps"],"obj');
    const admin = await start();
    expect((await admin.get('/api/v1/namespaces/default')).status).toBe(200);
    admin.close();
  });

  it('says in one sentence which damaged file to delete', async () => {
    (await start()).close();
    await stop();
    const lines = readFileSync(objects(), 'utf8').split('\n');
    writeFileSync(objects(), ['no state', ...lines].join('\n'));
    await expect(start()).rejects.toThrow(
      `The saved cluster in ${objects()} is damaged at line 1: delete the file to start with a fresh cluster.`,
    );
    rmSync(objects());
    const identity = join(stateDir, 'identity.json');
    writeFileSync(identity, '{}');
    await expect(start()).rejects.toThrow(
      `${identity} is damaged: delete it to give the cluster new certificates and tokens.`,
    );
  });

  it.each(['null', '5', '{}', '{"put":1}', '{"put":["","pods"]}'])(
    'takes %s for no saved object',
    line => {
      writeFileSync(objects(), `${line}\n`);
      expect(() => readState(objects())).toThrow('is damaged at line 1');
    },
  );

  it('lets only its owner read the files that let in', async () => {
    (await start()).close();
    for (const name of ['kubeconfig', 'cluster.json', 'identity.json']) {
      expect(statSync(join(stateDir, name)).mode & 0o777).toBe(0o600);
    }
    const { url, caData, tokens } = cluster!;
    expect(
      JSON.parse(readFileSync(join(stateDir, 'cluster.json'), 'utf8')),
    ).toEqual({ url, caData, tokens });
  });
});
