import { admitPod } from '../api/admission/admitPod';
import { serveDefinitions } from '../api/crd/controller';
import { bootstrap } from '../auth/bootstrap';
import { createObjectStore } from '../store/MemoryStore';
import { KubeObject } from '../store/ObjectStore';
import { findCondition } from '../sim/conditions';
import { Condition, Pod } from '../sim/kubeTypes';
import { GROUP_VERSIONS, SimResource } from '../sim/resources';
import { SERVING_NAMESPACE } from './namespaces';
import { seedCluster } from './seedCluster';

const NOW = Date.parse('2026-11-20T12:00:00Z');

describe('what the platform team serves by operators', () => {
  const store = createObjectStore({ now: () => NOW });
  serveDefinitions(store);
  bootstrap(store);
  seedCluster({
    store,
    seed: 1,
    now: NOW,
    admitPod: pod => admitPod(store, pod as KubeObject) as unknown as Pod,
  });
  const get = (plural: SimResource, name: string) => {
    const { group, version } = GROUP_VERSIONS[plural];
    const found = store.get(
      { group, version, plural },
      SERVING_NAMESPACE,
      name,
    );
    if (!found) throw new Error(`${plural} ${name} is not there`);
    return found as KubeObject & {
      status?: { conditions?: Condition[] } & Record<string, unknown>;
    };
  };
  const holds = (object: ReturnType<typeof get>, type: string) =>
    findCondition(object.status?.conditions, type)?.status;

  it('is an InferenceService with its predictor, address and loaded model', () => {
    const service = get('inferenceservices', 'qwen-kserve');
    expect(holds(service, 'Ready')).toBe('True');
    expect(service.status).toMatchObject({
      address: {
        url: 'http://qwen-kserve-predictor.model-platform.svc.cluster.local',
      },
      modelStatus: {
        transitionStatus: 'UpToDate',
        states: { activeModelState: 'Loaded', targetModelState: 'Loaded' },
      },
    });
    expect(
      get('deployments', 'qwen-kserve-predictor').metadata.ownerReferences,
    ).toMatchObject([{ kind: 'InferenceService', controller: true }]);
    expect(get('services', 'qwen-kserve-predictor').spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\./),
      selector: { app: 'isvc.qwen-kserve-predictor' },
      ports: [{ name: 'http1', port: 80, targetPort: 8080 }],
    });
  });

  it('is an LLMInferenceService with its workload', () => {
    const service = get('llminferenceservices', 'gpt-oss-llmd');
    expect(holds(service, 'MainWorkloadReady')).toBe('True');
    expect(holds(service, 'Ready')).toBe('True');
    expect(service.status?.workloads).toMatchObject({
      primary: { name: 'gpt-oss-llmd-kserve', readyReplicas: 1 },
    });
    get('services', 'gpt-oss-llmd-kserve-workload-svc');
  });

  it('is a Workspace with its node, StatefulSet and Service', () => {
    const workspace = get('workspaces', 'phi-kaito');
    expect(workspace.status).toMatchObject({
      state: 'Ready',
      workerNodes: ['a100-mig-1'],
    });
    for (const type of ['ResourceReady', 'InferenceReady']) {
      expect(holds(workspace, type)).toBe('True');
    }
    expect(get('statefulsets', 'phi-kaito').status).toMatchObject({
      readyReplicas: 1,
    });
  });

  it('is Models of KubeAI, one awake and one asleep', () => {
    expect(get('models', 'coder-kubeai').status).toEqual({
      replicas: { all: 1, ready: 1 },
    });
    expect(get('models', 'mistral-kubeai').status).toEqual({
      replicas: { all: 0, ready: 0 },
    });
  });

  it('is a NIMService that fails, and says for want of what', () => {
    const service = get('nimservices', 'llama-nim');
    expect(service.status?.state).toBe('Failed');
    expect(findCondition(service.status?.conditions, 'Failed')).toMatchObject({
      status: 'True',
      reason: 'NIMCacheNotFound',
      message: 'NIMCache llama-nim-cache not found',
    });
  });
});
