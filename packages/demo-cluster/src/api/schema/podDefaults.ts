import { fill, JsonNode, node, nodes } from './nodes';

const MODE_0644 = 0o644;

/** `Always` for the tag `latest` and for no tag at all. */
function pullPolicy(image: unknown): string {
  const reference = typeof image === 'string' ? image : '';
  if (reference.includes('@')) {
    return 'IfNotPresent';
  }
  const tag = /:([^/:]+)$/.exec(reference)?.[1];
  return tag && tag !== 'latest' ? 'IfNotPresent' : 'Always';
}

function defaultHandler(handler: JsonNode) {
  if (handler.httpGet) {
    fill(node(handler.httpGet), { path: '/', scheme: 'HTTP' });
  }
  if (handler.grpc) {
    fill(node(handler.grpc), { service: '' });
  }
}

function defaultProbe(probe: unknown) {
  if (!probe) {
    return;
  }
  const target = node(probe);
  for (const [field, value] of Object.entries({
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  })) {
    target[field] = target[field] || value;
  }
  defaultHandler(target);
}

function defaultContainer(container: JsonNode) {
  fill(container, {
    imagePullPolicy: pullPolicy(container.image),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of nodes(container.ports)) {
    fill(port, { protocol: 'TCP' });
  }
  for (const variable of nodes(container.env)) {
    const fieldRef = node(variable.valueFrom).fieldRef;
    if (fieldRef) {
      fill(node(fieldRef), { apiVersion: 'v1' });
    }
  }
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  const lifecycle = node(container.lifecycle);
  defaultHandler(node(lifecycle.postStart));
  defaultHandler(node(lifecycle.preStop));
}

function defaultVolume(volume: JsonNode) {
  const sources = Object.keys(volume).filter(key => key !== 'name');
  if (sources.length === 0) {
    volume.emptyDir = {};
  }
  for (const kind of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    if (volume[kind]) {
      fill(node(volume[kind]), { defaultMode: MODE_0644 });
    }
  }
  if (volume.hostPath) {
    fill(node(volume.hostPath), { type: '' });
  }
  for (const source of nodes(node(volume.projected).sources)) {
    if (source.serviceAccountToken) {
      fill(node(source.serviceAccountToken), { expirationSeconds: 3600 });
    }
  }
}

/** All containers of a pod spec, init containers first. */
export function containersOf(podSpec: JsonNode): JsonNode[] {
  return [...nodes(podSpec.initContainers), ...nodes(podSpec.containers)];
}

/** Fills in a pod spec, of a pod or of a template. */
export function defaultPodSpec(podSpec: JsonNode) {
  fill(podSpec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
  // Old clients read the one name, new ones the other.
  const account = podSpec.serviceAccountName ?? podSpec.serviceAccount;
  if (account) {
    podSpec.serviceAccountName = account;
    podSpec.serviceAccount = account;
  }
  containersOf(podSpec).forEach(defaultContainer);
  nodes(podSpec.volumes).forEach(defaultVolume);
  for (const spread of nodes(podSpec.topologySpreadConstraints)) {
    fill(spread, {
      nodeAffinityPolicy: 'Honor',
      nodeTaintsPolicy: 'Ignore',
    });
  }
}

/** Fills in what only a pod itself has: requests from limits, tolerations, priority. */
export function defaultPod(pod: JsonNode) {
  const spec = node(pod.spec);
  defaultPodSpec(spec);
  fill(spec, {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
  });
  for (const container of containersOf(spec)) {
    const resources = node(container.resources);
    if (resources.limits) {
      resources.requests = {
        ...node(resources.limits),
        ...node(resources.requests),
      };
    }
  }
}
