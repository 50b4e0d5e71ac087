import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { deriveGpuAllocations, deriveModelServers } from '../../derive';
import {
  buildDeliveryObjects,
  buildInferenceObjects,
  renderInference,
  type KubernetesObjectLike,
} from '../../manifests';
import { evaluateChart } from '../../manifests/__testUtils__/evaluateChart';
import { modelOf } from '../../manifests/__testUtils__/specs';
import { endpointOf } from '../../manifests/endpointOf';
import { engineOf } from '../../servingRuntimes/engineOf';
import { h100Node, node, type TestObject } from '../../testing/objects';
import { observe } from '../../testing/observe';

const nvidia = (product: string, memory: number) => ({
  'nvidia.com/gpu.product': product,
  'nvidia.com/gpu.memory': String(memory),
  'nvidia.com/gpu.count': '8',
  'nvidia.com/gpu.replicas': '1',
});

/** A node of each kind that a golden spec or a plan may choose. */
export const NODES: readonly TestObject[] = [
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

/** The service as live state tells of it after a cluster took the manifests. */
function deployed(
  spec: InferenceSpec,
  nodes: readonly TestObject[],
  objects: readonly KubernetesObjectLike[],
) {
  const states = [
    observe([...nodes, ...objects], {
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

/** What the spec says, and what live state says of it after its objects were applied. */
export function roundTrip(
  spec: InferenceSpec,
  nodes: readonly TestObject[] = NODES,
) {
  const objects = buildInferenceObjects(spec, modelOf(spec));
  return seenAndWritten(spec, nodes, objects);
}

/** Likewise after Helm installed the chart, by Flux. Both leave marks on the objects, the first in place of ours. */
export function helmRoundTrip(
  spec: InferenceSpec,
  nodes: readonly TestObject[] = NODES,
) {
  const { name } = spec.metadata;
  const { namespace } = spec.spec.target;
  const objects = evaluateChart(renderInference(spec, modelOf(spec)));
  return seenAndWritten(
    spec,
    nodes,
    objects.map(object =>
      marked(object, {
        labels: {
          'app.kubernetes.io/managed-by': 'Helm',
          'helm.toolkit.fluxcd.io/name': name,
          'helm.toolkit.fluxcd.io/namespace': namespace,
        },
        annotations: {
          'meta.helm.sh/release-name': name,
          'meta.helm.sh/release-namespace': namespace,
        },
      }),
    ),
  );
}

/** Likewise after Argo CD applied the objects. It tracks them by annotation, or by the label `instance` as before 3.0. */
export function argoRoundTrip(
  spec: InferenceSpec,
  nodes: readonly TestObject[] = NODES,
) {
  const model = modelOf(spec);
  const [application] = buildDeliveryObjects(spec, model);
  const { name } = application.metadata;
  return seenAndWritten(
    spec,
    nodes,
    buildInferenceObjects(spec, model).map(object =>
      marked(object, {
        labels: { 'app.kubernetes.io/instance': name },
        annotations: {
          'argocd.argoproj.io/tracking-id': `${name}:apps/${object.kind}:${object.metadata.namespace}/${object.metadata.name}`,
        },
      }),
    ),
  );
}

/** An object with the marks of whoever applied it. */
function marked(
  object: KubernetesObjectLike,
  marks: Pick<KubernetesObjectLike['metadata'], 'labels' | 'annotations'>,
): KubernetesObjectLike {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...marks.labels },
      annotations: { ...metadata.annotations, ...marks.annotations },
    },
  };
}

function seenAndWritten(
  spec: InferenceSpec,
  nodes: readonly TestObject[],
  objects: readonly KubernetesObjectLike[],
) {
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
    seen: deployed(spec, nodes, objects),
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
