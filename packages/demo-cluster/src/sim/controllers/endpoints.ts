import { Cluster } from '../Cluster';
import { Pod } from '../kubeTypes';
import { controllerReference } from '../podFactory';
import { hasEnded, isPodReady } from '../podReadiness';
import { matchesLabels } from '../selectors';
import { objectKey, SimController, splitKey } from '../SimController';
import { Service } from '../workloadTypes';

const COMPONENT = 'endpoint-slice-controller';

type ServicePort = NonNullable<Service['spec']['ports']>[number];

const portNumber = (port: ServicePort, pod: Pod): number | undefined => {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number' || /^\d+$/.test(target)) {
    return Number(target);
  }
  return pod.spec.containers
    .flatMap(({ ports }) => ports ?? [])
    .find(({ name }) => name === target)?.containerPort;
};

const targetReference = (pod: Pod) => ({
  kind: 'Pod',
  namespace: pod.metadata.namespace,
  name: pod.metadata.name,
  uid: pod.metadata.uid,
});

const sliceName = (service: Service) =>
  `${service.metadata.name}-${(service.metadata.uid ?? '').slice(0, 5)}`;

/**
 * Writes Endpoints and one EndpointSlice per Service with a selector: which of its pods take traffic.
 */
export function createEndpointsController(cluster: Cluster): SimController {
  const portsOf = (service: Service, pods: Pod[]) =>
    (service.spec.ports ?? []).flatMap(port => {
      const number = pods
        .map(pod => portNumber(port, pod))
        .find(value => value !== undefined);
      return number === undefined
        ? []
        : [
            {
              ...(port.name && { name: port.name }),
              port: number,
              protocol: port.protocol ?? 'TCP',
            },
          ];
    });

  const writeSlice = (service: Service, pods: Pod[]) => {
    const { namespace, name, labels } = service.metadata;
    const isOpen = service.spec.publishNotReadyAddresses === true;
    const content = {
      addressType: 'IPv4',
      endpoints: pods.map(pod => ({
        addresses: [pod.status?.podIP ?? ''],
        conditions: {
          ready: isOpen || (isPodReady(pod) && !pod.metadata.deletionTimestamp),
          serving: isPodReady(pod),
          terminating: Boolean(pod.metadata.deletionTimestamp),
        },
        nodeName: pod.spec.nodeName,
        targetRef: targetReference(pod),
      })),
      ports: portsOf(service, pods).map(port => ({ name: '', ...port })),
    };
    const existing = cluster.get(
      'endpointslices',
      namespace,
      sliceName(service),
    );
    if (existing) {
      cluster.modify('endpointslices', existing, current => ({
        ...current,
        ...content,
      }));
      return;
    }
    cluster.create('endpointslices', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: sliceName(service),
        namespace,
        generateName: `${name}-`,
        labels: {
          ...labels,
          'kubernetes.io/service-name': name,
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
        },
        ownerReferences: [controllerReference(service)],
      },
      ...content,
    });
  };

  const writeEndpoints = (service: Service, pods: Pod[]) => {
    const { namespace, name, labels } = service.metadata;
    const address = (pod: Pod) => ({
      ip: pod.status?.podIP ?? '',
      nodeName: pod.spec.nodeName,
      targetRef: targetReference(pod),
    });
    const alive = pods.filter(pod => !pod.metadata.deletionTimestamp);
    const isOpen = service.spec.publishNotReadyAddresses === true;
    const ready = alive.filter(pod => isOpen || isPodReady(pod));
    const notReady = alive.filter(pod => !isOpen && !isPodReady(pod));
    const subsets =
      alive.length === 0
        ? undefined
        : [
            {
              ...(ready.length > 0 && { addresses: ready.map(address) }),
              ...(notReady.length > 0 && {
                notReadyAddresses: notReady.map(address),
              }),
              ports: portsOf(service, pods),
            },
          ];
    const existing = cluster.get('endpoints', namespace, name);
    if (existing) {
      cluster.modify('endpoints', existing, current => {
        const { subsets: _before, ...rest } = current;
        return { ...rest, ...(subsets && { subsets }) };
      });
      return;
    }
    cluster.create('endpoints', {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name,
        namespace,
        labels: {
          ...labels,
          'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
        },
      },
      ...(subsets && { subsets }),
    });
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('services').map(objectKey),
    keysOf({ resource, object }) {
      if (resource === 'services') {
        return [objectKey(object)];
      }
      if (resource !== 'pods') {
        return [];
      }
      const { namespace, labels } = object.metadata;
      return cluster
        .list('services', namespace)
        .filter(
          ({ spec }) => spec.selector && matchesLabels(spec.selector, labels),
        )
        .map(objectKey);
    },
    reconcile(key) {
      const [namespace, name] = splitKey(key);
      const service = cluster.get('services', namespace, name);
      if (!service) {
        const endpoints = cluster.get('endpoints', namespace, name);
        if (endpoints) {
          cluster.remove('endpoints', endpoints);
        }
        return;
      }
      const { selector } = service.spec;
      if (!selector || service.metadata.deletionTimestamp) {
        return;
      }
      const pods = cluster
        .list('pods', namespace)
        .filter(
          pod =>
            pod.status?.podIP &&
            !hasEnded(pod) &&
            matchesLabels(selector, pod.metadata.labels),
        );
      writeSlice(service, pods);
      writeEndpoints(service, pods);
    },
  };
}
