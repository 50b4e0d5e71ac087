import type {
  InferenceSpec,
  PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveGpuAllocations,
  deriveGpuNodes,
  deriveModelServers,
} from '../derive';
import {
  GOLDEN_SPECS,
  modelOf,
  specOf,
} from '../manifests/__testUtils__/specs';
import { buildInferenceObjects, renderInferenceEntities } from '../manifests';
import { endpointOf } from '../manifests/endpointOf';
import { engineOf } from '../servingRuntimes/engines';
import { CURATED_MODELS } from '../models';
import { modelCacheBytes, planInference } from '../sizing';
import { h100Node, node, type TestObject } from '../testing/objects';
import { observe } from '../testing/observe';

const GIB = 2 ** 30;

const nvidia = (product: string, memory: number) => ({
  'nvidia.com/gpu.product': product,
  'nvidia.com/gpu.memory': String(memory),
  'nvidia.com/gpu.count': '8',
  'nvidia.com/gpu.replicas': '1',
});

/** A node of each kind that a golden spec or a plan may choose. */
const NODES: readonly TestObject[] = [
  h100Node('h100'),
  node('l4', { 'nvidia.com/gpu': 8 }, nvidia('NVIDIA-L4', 23034)),
  node('t4', { 'nvidia.com/gpu': 8 }, nvidia('Tesla-T4', 15360)),
  node(
    'mig',
    { 'nvidia.com/gpu': 0, 'nvidia.com/mig-3g.40gb': 4 },
    {
      ...nvidia('NVIDIA-A100-SXM4-80GB', 81920),
      'nvidia.com/mig.strategy': 'mixed',
      'nvidia.com/mig-3g.40gb.memory': '40192',
      'nvidia.com/mig-3g.40gb.count': '4',
    },
  ),
  node(
    'mig-single',
    { 'nvidia.com/gpu': 14 },
    {
      'nvidia.com/gpu.product': 'NVIDIA-A100-SXM4-40GB-MIG-3g.20gb',
      'nvidia.com/gpu.memory': '19968',
      'nvidia.com/gpu.count': '14',
      'nvidia.com/mig.strategy': 'single',
    },
  ),
  node(
    'mi300x',
    { 'amd.com/gpu': 8 },
    {
      'amd.com/gpu.product-name': 'AMD_Instinct_MI300X_OAM',
      'amd.com/gpu.vram': '192G',
    },
  ),
  node(
    'arc',
    { 'gpu.intel.com/xe': 4 },
    {
      'gpu.intel.com/product': 'Arc_Pro_B60',
      'gpu.intel.com/device.count': '4',
    },
  ),
];

/** What the golden path writes for a choice of the plan. */
function specFor(
  choice: PlanCandidate,
  model: (typeof CURATED_MODELS)[number],
): InferenceSpec {
  const variant = model.variants.find(
    ({ quantization }) => quantization === choice.quantization,
  )!;
  const { vendor, resource, gpuCount, product } = choice;
  return specOf({
    name: 'planned',
    model: variant.repository ?? model.id,
    spec: {
      model: {
        id: variant.repository ?? model.id,
        ...(model.gated
          ? { tokenSecret: { name: 'hub', key: 'HF_TOKEN' } }
          : {}),
      },
      accelerator: { vendor, resource, count: gpuCount, product },
      contextLength: choice.contextLength,
      storage: { size: `${modelCacheBytes(variant.weightsBytes) / GIB}Gi` },
    },
  });
}

/** The service as live state tells of it after a cluster took the manifests. */
function deployed(spec: InferenceSpec) {
  const objects = buildInferenceObjects(spec, modelOf(spec));
  const states = [
    observe([...NODES, ...objects], {
      cluster: spec.spec.target.cluster,
      operators: true,
    }),
  ];
  const { items: servers } = deriveModelServers(states, {});
  const { items: allocations } = deriveGpuAllocations(states, {});
  return { servers, allocations };
}

/** Kind of the object that stands for the service. */
function kindOf(spec: InferenceSpec): string {
  const { deployedBy } = engineOf(spec);
  return deployedBy === 'HelmChart' ? 'Deployment' : deployedBy;
}

/** What the spec says, and what live state says of it. */
function roundTrip(spec: InferenceSpec) {
  const { metadata, spec: wanted } = spec;
  const { accelerator, replicas, target } = wanted;
  const entity = {
    entityRef: `component:default/${metadata.name}`,
    owner: metadata.owner,
  };
  const server = {
    ...entity,
    kubernetesId: metadata.name,
    cluster: target.cluster,
    namespace: target.namespace,
    name: metadata.name,
    kind: kindOf(spec),
    runtime: engineOf(spec).runtime,
    state: 'Ready',
    model: {
      id: wanted.model.id,
      ...(wanted.model.revision ? { revision: wanted.model.revision } : {}),
      servedName: engineOf(spec).servedName(spec),
    },
    replicas: { desired: replicas, ready: replicas },
    endpoint: {
      url: endpointOf(spec),
      protocol: 'openai',
    },
    gpus: accelerator
      ? [
          expect.objectContaining({
            vendor: accelerator.vendor,
            resource: accelerator.resource,
            perReplicaCount: accelerator.count,
          }),
        ]
      : [],
  };
  const allocation = accelerator && {
    ...entity,
    vendor: accelerator.vendor,
    resource: accelerator.resource,
    count: accelerator.count,
    model: wanted.model.id,
    workload: { kind: kindOf(spec), name: metadata.name },
    ready: true,
  };
  return {
    seen: deployed(spec),
    written: {
      servers: [expect.objectContaining(server)],
      allocations: allocation
        ? Array.from({ length: replicas }, () =>
            expect.objectContaining(allocation),
          )
        : [],
    },
  };
}

describe('what is written is read as the same', () => {
  it.each(Object.entries(GOLDEN_SPECS))('%s', (_, spec) => {
    const { seen, written } = roundTrip(spec);
    expect(seen).toEqual(written);
  });

  const { items: nodes } = deriveGpuNodes([observe(NODES)], { limit: 500 });
  const cases = CURATED_MODELS.flatMap(model => {
    const inventory = { nodes, quota: [], quotaKnown: true };
    const { choice, alternatives } = planInference({
      model,
      request: { model: model.id, contextLength: 2048 },
      inventory,
    });
    return [...(choice ? [choice] : []), ...alternatives]
      .filter(({ verdict }) => verdict === 'Fits' || verdict === 'Tight')
      .map(
        candidate =>
          [
            `${model.id} ${candidate.quantization} on ${candidate.gpuCount} x ${candidate.product}`,
            candidate,
            model,
          ] as const,
      );
  });

  it('is planned on every kind of device', () => {
    const products = new Set(cases.map(([, { product }]) => product));
    expect([...products].sort()).toEqual([
      'AMD_Instinct_MI300X_OAM',
      'Arc_Pro_B60',
      'NVIDIA-A100-SXM4-40GB-MIG-3g.20gb',
      'NVIDIA-A100-SXM4-80GB',
      'NVIDIA-H100-80GB-HBM3',
      'NVIDIA-L4',
      'Tesla-T4',
    ]);
  });

  it.each(cases)('%s', (_, candidate, model) => {
    const { seen, written } = roundTrip(specFor(candidate, model));
    expect(seen).toEqual(written);
  });

  it('binds pods to nodes that carry the label they select', () => {
    for (const [, candidate, model] of cases) {
      const spec = specFor(candidate, model);
      const deployment = buildInferenceObjects(spec, model).find(
        ({ kind }) => kind === 'Deployment',
      ) as unknown as TestObject;
      const { template } = deployment.spec as {
        template: { spec: { nodeSelector: Record<string, string> } };
      };
      const [[label, value]] = Object.entries(template.spec.nodeSelector);
      const fitting = NODES.filter(
        ({ metadata, status }) =>
          metadata?.labels?.[label] === value &&
          candidate.resource in
            (status as { allocatable: Record<string, string> }).allocatable,
      );
      expect(fitting).toHaveLength(1);
    }
  });

  it('takes away what the next plan finds free', () => {
    const spec = GOLDEN_SPECS['qwen-32b-on-4-h100-shared-cache'];
    const model = modelOf(spec)!;
    const objects = buildInferenceObjects(spec, model);
    const left = (state: ReturnType<typeof observe>) =>
      planInference({
        model,
        request: { model: model.id, product: 'NVIDIA-H100-80GB-HBM3' },
        inventory: {
          nodes: deriveGpuNodes([state], { limit: 500 }).items,
          quota: [],
          quotaKnown: true,
        },
      }).choice;
    expect(left(observe(NODES))?.freeCount).toBe(8);
    expect(left(observe([...NODES, ...objects]))).toMatchObject({
      freeCount: 0,
      verdict: 'DoesNotFit',
    });
  });

  it('keeps the name of the token Secret out of the catalog', () => {
    const spec = GOLDEN_SPECS['llama-8b-on-l4'];
    const text = renderInferenceEntities(spec, modelOf(spec));
    expect(text).not.toContain('hub-token');
  });
});
