import type {
  RawContainer,
  RawMeta,
  RawObject,
  RawPodSpec,
} from '../facts/raw';

/** What KServe's and NVIDIA's operators read of their own kinds, as far as our manifests use them. */
interface OperatorSpec {
  replicas?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  env?: RawContainer['env'];
  image?: { repository?: string; tag?: string };
  resources?: RawContainer['resources'];
  predictor?: RawPodSpec & {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    minReplicas?: number;
    model?: RawContainer;
  };
}

/**
 * What an operator makes of an object: KServe in Standard mode a Deployment `<name>-predictor` with a Service before it, the
 * NIM operator a Deployment and a Service of the same name. Empty for every other kind.
 */
export function madeByOperator(object: RawObject): RawObject[] {
  const { name = '', namespace } = object.metadata ?? {};
  const spec = (object as { spec?: OperatorSpec }).spec ?? {};
  if (object.kind === 'InferenceService') {
    const { predictor = {} } = spec;
    const { model, minReplicas = 1, labels, annotations } = predictor;
    if (!model) return [];
    const selector = { 'serving.kserve.io/inferenceservice': name };
    return workload(object, {
      name: `${name}-predictor`,
      replicas: minReplicas,
      selector,
      template: {
        metadata: { labels: { ...labels, ...selector }, annotations },
        spec: { containers: [{ ...model, name: 'kserve-container' }] },
      },
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    });
  }
  if (object.kind === 'NIMService') {
    const { image, env, resources, replicas = 1, labels, annotations } = spec;
    const selector = { app: name };
    return workload(object, {
      name,
      replicas,
      selector,
      template: {
        metadata: {
          namespace,
          labels: { ...labels, ...selector },
          annotations,
        },
        spec: {
          containers: [
            {
              name: `${name}-ctr`,
              image: `${image?.repository}:${image?.tag}`,
              env,
              resources,
              ports: [{ name: 'api', containerPort: 8000 }],
            },
          ],
        },
      },
      ports: [{ name: 'api', port: 8000, targetPort: 'api' }],
    });
  }
  return [];
}

/** The object with the status that its operator writes once everything runs, or waits. */
export function withOperatorStatus(
  object: RawObject,
  { pods = 'Ready' }: { pods?: 'Ready' | 'Unscheduled' },
): RawObject {
  if (object.status) return object;
  const { name, namespace, generation } = object.metadata ?? {};
  const ready = pods === 'Ready';
  const status = ready ? 'True' : 'False';
  if (object.kind === 'InferenceService') {
    const url = `http://${name}-predictor.${namespace}.svc.cluster.local`;
    const answer = {
      observedGeneration: generation,
      conditions: [{ type: 'Ready', status }],
      ...(ready ? { address: { url } } : {}),
    };
    return { ...object, status: answer };
  }
  if (object.kind === 'NIMService') {
    const answer = {
      state: ready ? 'Ready' : 'NotReady',
      conditions: [{ type: 'NIM_SERVICE_READY', status }],
    };
    return { ...object, status: answer };
  }
  return object;
}

function workload(
  owner: RawObject,
  part: {
    name: string;
    replicas: number;
    selector: Record<string, string>;
    template: { metadata: RawMeta; spec: RawPodSpec };
    ports: { name?: string; port?: number; targetPort?: number | string }[];
  },
): RawObject[] {
  const { name, replicas, selector, template, ports } = part;
  const { namespace, labels } = owner.metadata ?? {};
  const metadata = {
    name,
    namespace,
    labels,
    ownerReferences: [
      {
        kind: owner.kind,
        name: owner.metadata?.name,
        uid: owner.metadata?.uid,
        controller: true,
      },
    ],
  };
  return [
    {
      kind: 'Deployment',
      metadata,
      spec: { replicas, selector: { matchLabels: selector }, template },
    },
    { kind: 'Service', metadata, spec: { selector, ports } },
  ];
}
