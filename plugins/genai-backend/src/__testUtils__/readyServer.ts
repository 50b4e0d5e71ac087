import type { FakeKubernetesPlugin } from './FakeKubernetesPlugin';
import { gpuPod, modelServerDeployment } from './gpuObjects';
import { emptyKubernetes } from './startGenaiBackend';

/** Where the API server leads to `chat`'s API, and to the metrics of its pod. */
export const CHAT_PATH =
  '/api/v1/namespaces/team-a/services/chat:80/proxy/v1/chat/completions';
export const METRICS_PATH =
  '/api/v1/namespaces/team-a/pods/chat-0:8000/proxy/metrics';

function named(kind: string, name: string, uid: string) {
  return { name, namespace: 'team-a', uid, resourceVersion: '5', kind };
}

function service(name: string) {
  return {
    kind: 'Service',
    metadata: named('Service', name, `uid-s-${name}`),
    spec: {
      clusterIP: '10.0.0.9',
      selector: { app: name },
      ports: [{ port: 80, targetPort: 8000 }],
    },
  };
}

function deployment(name: string, more: object = {}) {
  const object = modelServerDeployment(name);
  const condition = { type: 'Available', status: 'True' };
  return {
    ...object,
    metadata: { ...object.metadata, generation: 1 },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      conditions: [condition],
    },
    ...more,
  };
}

function podOf(name: string) {
  const pod = gpuPod(`${name}-0`, { node: 'a', gpus: 1 });
  const owner = {
    kind: 'Deployment',
    name,
    uid: `uid-d-${name}`,
    controller: true,
  };
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } };
}

function embedder(name: string) {
  const object = deployment(name);
  const container = {
    name: 'tei',
    image: 'ghcr.io/huggingface/text-embeddings-inference:1.9',
    args: ['--model-id', 'BAAI/bge-m3'],
  };
  const { selector, template } = object.spec;
  return {
    ...object,
    spec: {
      replicas: 1,
      selector,
      template: { ...template, spec: { containers: [container] } },
    },
  };
}

/**
 * A cluster with the vLLM servers `chat`, which is ready, `starting`, which is not, and `hidden`, which has no Service, and the
 * embedder `embed`.
 */
export function kubernetesWithServers(): FakeKubernetesPlugin {
  const kubernetes = emptyKubernetes();
  const { objects } = kubernetes;
  objects.set('/apis/apps/v1/deployments', [
    deployment('chat'),
    deployment('starting', { status: { observedGeneration: 1 } }),
    deployment('hidden'),
    embedder('embed'),
  ] as never);
  objects.set('/api/v1/services', [
    service('chat'),
    service('starting'),
    service('embed'),
  ]);
  objects.set('/api/v1/pods', ['chat', 'hidden'].map(podOf));
  return kubernetes;
}
