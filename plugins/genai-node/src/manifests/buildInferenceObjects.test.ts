import type { V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { changed, GOLDEN_SPECS, LLAMA, modelOf } from './__testUtils__/specs';
import { engineQuestion } from '../servingRuntimes/engineQuestion';
import { engineOf } from '../servingRuntimes/engineOf';
import { buildInferenceObjects } from './buildInferenceObjects';

const build = (spec: InferenceSpec) =>
  buildInferenceObjects(spec, modelOf(spec));
const ofKind = (spec: InferenceSpec, kind: string) =>
  build(spec).find(object => object.kind === kind);
const deploymentOf = (spec: InferenceSpec) =>
  ofKind(spec, 'Deployment') as unknown as V1Deployment;
const podOf = (spec: InferenceSpec): V1PodSpec =>
  deploymentOf(spec).spec!.template.spec!;
const argsOf = (spec: InferenceSpec) => podOf(spec).containers[0].args!;

/** Specs whose pods are of a Deployment of ours. */
const DEPLOYED = Object.values(GOLDEN_SPECS).filter(spec =>
  ['Deployment', 'HelmChart'].includes(engineOf(spec).deployedBy),
);

describe('buildInferenceObjects', () => {
  it('builds what a service needs, in the order of application', () => {
    expect(build(LLAMA).map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'PersistentVolumeClaim',
      'Service',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Deployment',
      'ServiceMonitor',
    ]);
  });

  it('builds a ServiceMonitor only where monitoring is asked for', () => {
    const spec = changed(({ spec: s }) => delete s.monitoring);
    expect(ofKind(spec, 'ServiceMonitor')).toBeUndefined();
    expect(ofKind(LLAMA, 'ServiceMonitor')!.metadata.labels).toMatchObject({
      release: 'kube-prometheus-stack',
    });
  });

  it('never lets monitoring labels replace our own', () => {
    const spec = changed(({ spec: s }) => {
      s.monitoring = { labels: { 'app.kubernetes.io/managed-by': 'x' } };
    });
    expect(ofKind(spec, 'ServiceMonitor')!.metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'promptside',
    });
  });

  it('meets what Pod Security restricted asks of a pod, where the image can', () => {
    for (const spec of DEPLOYED) {
      const { level } = engineOf(spec).security(
        engineQuestion(spec, modelOf(spec)),
      );
      if (level !== 'restricted') continue;
      const pod = podOf(spec);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.hostNetwork ?? pod.hostPID ?? pod.hostIPC).toBeUndefined();
      for (const { securityContext } of pod.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        });
      }
      const kinds = pod.volumes!.flatMap(({ name: _, ...source }) =>
        Object.keys(source),
      );
      expect([
        'configMap',
        'emptyDir',
        'ephemeral',
        'persistentVolumeClaim',
      ]).toEqual(expect.arrayContaining([...new Set(kinds)]));
    }
  });

  it('mounts a volume over every path that is written to', () => {
    const [container] = podOf(LLAMA).containers;
    const mounts = container.volumeMounts!.map(({ mountPath }) => mountPath);
    const written = container
      .env!.map(({ value }) => value ?? '')
      .filter(value => value.startsWith('/'));
    expect(written.length).toBeGreaterThan(5);
    for (const folder of [...written, '/tmp', '/dev/shm']) {
      expect(
        mounts.some(
          mount => folder === mount || folder.startsWith(`${mount}/`),
        ),
      ).toBe(true);
    }
  });

  it('asks for the same number of GPUs in request and limit', () => {
    for (const spec of DEPLOYED) {
      const { resource = 'cpu', count } = spec.spec.accelerator ?? {};
      const [{ resources }] = podOf(spec).containers;
      const cores = spec.spec.cpu?.cores;
      expect(resources!.requests![resource]).toBe(String(count ?? cores));
      expect(resources!.limits![resource]).toBe(String(count ?? cores));
    }
  });

  it('splits the model over the GPUs that vLLM gets', () => {
    for (const spec of DEPLOYED) {
      const { engine, accelerator } = spec.spec;
      const wanted = `--tensor-parallel-size=${accelerator?.count}`;
      expect(podOf(spec).containers[0].args?.includes(wanted) ?? false).toBe(
        engine.name === 'vllm',
      );
    }
  });

  it('counts shared memory and the weights towards the memory limit', () => {
    const [{ resources }] = podOf(LLAMA).containers;
    // 15 GiB of weights, 2 of shared memory, 2 for the worker, 4 for the server.
    expect(resources!.limits!.memory).toBe('23Gi');
    expect(resources!.requests!.memory).toBe('23Gi');
  });

  it('gives large models the time to load, and the rollout even more', () => {
    const probe = (name: string) => {
      const { startupProbe } = podOf(GOLDEN_SPECS[name]).containers[0];
      return startupProbe!.periodSeconds! * startupProbe!.failureThreshold!;
    };
    expect(probe('llama-8b-on-l4')).toBe(700);
    expect(probe('qwen-32b-on-4-h100-shared-cache')).toBe(1440);
    expect(deploymentOf(LLAMA).spec!.progressDeadlineSeconds).toBe(700 + 900);
  });

  it('replaces the last pod before it makes a new one', () => {
    expect(deploymentOf(LLAMA).spec!.strategy).toEqual({ type: 'Recreate' });
    expect(
      deploymentOf(GOLDEN_SPECS['qwen-awq-on-mig-slices']).spec!.strategy,
    ).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    });
  });

  it.each([
    ['llama-8b-on-l4', 'ReadWriteOnce', 'persistentVolumeClaim'],
    ['qwen-awq-on-mig-slices', undefined, 'ephemeral'],
    [
      'qwen-32b-on-4-h100-shared-cache',
      'ReadWriteMany',
      'persistentVolumeClaim',
    ],
  ])('%s never shares a volume that one node mounts', (name, mode, source) => {
    const spec = GOLDEN_SPECS[name];
    const claim = ofKind(spec, 'PersistentVolumeClaim') as
      { spec?: { accessModes: string[] } } | undefined;
    expect(claim?.spec?.accessModes[0]).toBe(mode);
    const volume = podOf(spec).volumes!.find(v => v.name === 'model-cache')!;
    expect(Object.keys(volume)).toContain(source);
  });

  it('takes the token by reference', () => {
    const token = podOf(LLAMA).containers[0].env!.find(
      ({ name }) => name === 'HF_TOKEN',
    );
    expect(token).toEqual({
      name: 'HF_TOKEN',
      valueFrom: { secretKeyRef: { name: 'hub-token', key: 'HF_TOKEN' } },
    });
  });

  it('lets in its own namespace, the clients and Prometheus, each once', () => {
    const from = (spec: InferenceSpec) => {
      const policy = ofKind(spec, 'NetworkPolicy') as unknown as {
        spec: {
          ingress: {
            from: { namespaceSelector?: { matchLabels: object } }[];
          }[];
        };
      };
      return policy.spec.ingress[0].from.map(
        peer => Object.values(peer.namespaceSelector?.matchLabels ?? {})[0],
      );
    };
    expect(from(LLAMA)).toEqual([undefined, 'team-search', 'monitoring']);
    const spec = changed(({ spec: s }) => {
      s.clients = ['team-chat', 'monitoring'];
    });
    expect(from(spec)).toEqual([undefined, 'monitoring']);
    expect(from(GOLDEN_SPECS['mixtral-on-mi300x'])).toEqual([
      undefined,
      'observability',
    ]);
  });

  it('tells the engine what the plan counted on', () => {
    expect(argsOf(GOLDEN_SPECS['qwen-32b-on-4-h100-shared-cache'])).toEqual(
      expect.arrayContaining([
        '--max-model-len=32768',
        '--kv-cache-dtype=fp8',
        '--gpu-memory-utilization=0.92',
      ]),
    );
    expect(argsOf(LLAMA)).toContain('--gpu-memory-utilization=0.9');
  });

  it('quantizes while loading only where the weights are the original ones', () => {
    const model = modelOf(LLAMA)!;
    const online = {
      ...model,
      variants: [
        ...model.variants,
        { quantization: 'fp8' as const, weightsBytes: 9e9 },
      ],
    };
    const spec = changed(({ spec: s }) => {
      s.model.quantization = 'fp8';
    });
    const args = (withModel: typeof model) =>
      (
        buildInferenceObjects(spec, withModel).find(
          ({ kind }) => kind === 'Deployment',
        ) as unknown as V1Deployment
      ).spec!.template.spec!.containers[0].args;
    expect(args(online)).toContain('--quantization=fp8');
    expect(argsOf(GOLDEN_SPECS['qwen-awq-on-mig-slices']).join()).not.toContain(
      '--quantization',
    );
  });
});
