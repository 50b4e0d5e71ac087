import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Client, createClient, KubeJson } from './contract/client';
import { DemoCluster, startDemoCluster } from './startDemoCluster';

const GOLDEN = join(
  __dirname,
  '../../../templates/gpu-inference-service/golden/qwen-shared-on-gitea/base',
);
const NAMESPACE = 'team-chat';

const PATHS: Record<string, string> = {
  ServiceAccount: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`,
  PersistentVolumeClaim: `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims`,
  Job: `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`,
  Deployment: `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`,
};

jest.setTimeout(60_000);

/** What the golden path renders for replicas that share one volume, on the demo's storage and GPUs. */
describe('a service with shared weights on the demo cluster', () => {
  const rendered = readdirSync(GOLDEN)
    .filter(file => file !== 'kustomization.yaml')
    .map(file => parse(readFileSync(join(GOLDEN, file), 'utf8')));
  let cluster: DemoCluster;
  let portal: Client;

  beforeAll(async () => {
    cluster = await startDemoCluster({ timeScale: 20 });
    const { url, caData, tokens } = cluster;
    portal = createClient({ url, caData, token: tokens.portal });
  });
  afterAll(async () => {
    portal?.close();
    await cluster?.stop();
  });

  const podsOf = async (label: string): Promise<KubeJson[]> => {
    const { body } = await portal.get(`/api/v1/namespaces/${NAMESPACE}/pods`, {
      labelSelector: `app.kubernetes.io/name=${label},app.kubernetes.io/instance=shared-coder`,
    });
    return body.items as unknown as KubeJson[];
  };

  /** Looks again and again; jest's own limit ends it. */
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };

  it('is downloaded with the rights of the portal before its servers start', async () => {
    const server = rendered.find(({ kind }) => kind === 'Deployment');
    // Kustomize keeps the number in the overlay.
    server.spec.replicas = 2;
    for (const kind of Object.keys(PATHS)) {
      for (const object of rendered.filter(each => each.kind === kind)) {
        const { status, body } = await portal.post(PATHS[kind], object);
        expect([kind, status, body.message]).toEqual([kind, 201, undefined]);
      }
    }

    const served = await until(async () => {
      const { body } = await portal.get(`${PATHS.Deployment}/shared-coder`);
      return Number(body.status.readyReplicas) === 2 ? body : undefined;
    });
    expect(served.status.availableReplicas).toBe(2);

    const endOf = (pod: KubeJson, statuses: string) => {
      const [container] = pod.status[statuses] as unknown as KubeJson[];
      return [
        container.name,
        container.state.terminated.exitCode,
        Date.parse(String(container.state.terminated.finishedAt)),
      ] as const;
    };
    const [loader] = await podsOf('model-download');
    const [name, exitCode, loadedAt] = endOf(loader, 'containerStatuses');
    expect([name, exitCode]).toEqual(['download', 0]);
    const servers = await podsOf('vllm');
    expect(servers).toHaveLength(2);
    for (const pod of servers) {
      const [waiter, , endedAt] = endOf(pod, 'initContainerStatuses');
      expect(waiter).toBe('wait-for-weights');
      expect(endedAt).toBeGreaterThanOrEqual(loadedAt);
    }
    const { body: claim } = await portal.get(
      `${PATHS.PersistentVolumeClaim}/shared-coder-weights`,
    );
    expect(claim).toMatchObject({
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'nfs-models' },
      status: { phase: 'Bound' },
    });
  });
});
