import { KubeObject } from '../../store/ObjectStore';
import { at, node, nodes, textMap, texts } from '../schema/nodes';
import type { Column } from './columns';
import { age } from './text';
import { AGE, count, read, selectorText, text, whole } from './workloadColumns';

const ROLE = 'node-role.kubernetes.io/';
const ACCESS_MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

const CREATED_AT = text(
  'Created At',
  ({ metadata }) => metadata.creationTimestamp ?? '',
);

function nodeStatus(object: KubeObject): string {
  const ready = nodes(at(object, 'status', 'conditions')).find(
    condition => condition.type === 'Ready',
  );
  const state = !ready
    ? 'Unknown'
    : ready.status === 'True'
      ? 'Ready'
      : 'NotReady';
  return at(object, 'spec', 'unschedulable')
    ? `${state},SchedulingDisabled`
    : state;
}

function nodeRoles({ metadata }: KubeObject): string {
  const roles = Object.keys(metadata.labels ?? {})
    .filter(label => label.startsWith(ROLE))
    .map(label => label.slice(ROLE.length));
  return roles.length ? roles.sort().join(',') : '<none>';
}

const nodeAddress = (type: string) => (object: KubeObject) =>
  String(
    nodes(at(object, 'status', 'addresses')).find(each => each.type === type)
      ?.address ?? '<none>',
  );

const accessModes =
  (...path: string[]) =>
  (object: KubeObject) =>
    texts(at(object, ...path))
      .map(mode => ACCESS_MODES[mode] ?? mode)
      .join(',');

function ports(service: KubeObject): string {
  const listed = nodes(at(service, 'spec', 'ports')).map(
    ({ port, nodePort, protocol }) =>
      `${String(port)}${nodePort ? `:${String(nodePort)}` : ''}/${String(protocol)}`,
  );
  return listed.length ? listed.join(',') : '<none>';
}

function externalIp(service: KubeObject): string {
  const type = at(service, 'spec', 'type');
  const own = texts(at(service, 'spec', 'externalIPs'));
  const balanced = nodes(at(service, 'status', 'loadBalancer', 'ingress')).map(
    ({ ip, hostname }) => String(ip ?? hostname),
  );
  if (type === 'ExternalName') {
    return String(at(service, 'spec', 'externalName') ?? '<none>');
  }
  const all = [...balanced, ...own];
  return all.length
    ? all.join(',')
    : type === 'LoadBalancer'
      ? '<pending>'
      : '<none>';
}

function quotaUse(object: KubeObject, limits: boolean): string {
  const used = textMap(at(object, 'status', 'used'));
  return Object.entries(textMap(at(object, 'status', 'hard')))
    .filter(([name]) => name.startsWith('limits.') === limits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${used[name] ?? '0'}/${hard}`)
    .join(', ');
}

function eventTime(...fields: string[]) {
  return (object: KubeObject, now: number) => {
    const time = fields
      .map(field => object[field])
      .find(value => typeof value === 'string');
    return age(
      (time as string | undefined) ?? object.metadata.creationTimestamp,
      now,
    );
  };
}

function involved(event: KubeObject): string {
  const { kind, name } = node(event.involvedObject);
  return `${String(kind ?? '').toLowerCase()}/${String(name ?? '')}`;
}

function hpaTargets(object: KubeObject): string {
  const current = nodes(at(object, 'status', 'currentMetrics'));
  return (
    nodes(at(object, 'spec', 'metrics'))
      .map((metric, index) => {
        const source = node(
          Object.values(metric).find(each => typeof each === 'object'),
        );
        const { averageUtilization, averageValue, value } = node(source.target);
        const now = node(
          Object.values(current[index] ?? {}).find(
            each => typeof each === 'object',
          ),
        );
        const seen = node(now.current);
        const wanted =
          averageUtilization !== undefined
            ? `${String(averageUtilization)}%`
            : String(averageValue ?? value);
        const have = seen.averageUtilization ?? seen.averageValue ?? seen.value;
        const unit = seen.averageUtilization === undefined ? '' : '%';
        const state =
          have === undefined ? '<unknown>' : `${String(have)}${unit}`;
        // Resources are told by their name, other metrics without.
        const name =
          source.name && !source.metric ? `${String(source.name)}: ` : '';
        return `${name}${state}/${wanted}`;
      })
      .join(', ') || '<none>'
  );
}

/** Columns of all other built-in resources that have their own, after the name. */
export const OTHER_COLUMNS: Record<string, Column[]> = {
  '/nodes': [
    text('Status', nodeStatus),
    text('Roles', nodeRoles),
    AGE,
    text('Version', read(['status', 'nodeInfo', 'kubeletVersion'], '')),
    text('Internal-IP', nodeAddress('InternalIP'), 1),
    text('External-IP', nodeAddress('ExternalIP'), 1),
    text('OS-Image', read(['status', 'nodeInfo', 'osImage'], '<unknown>'), 1),
    text(
      'Kernel-Version',
      read(['status', 'nodeInfo', 'kernelVersion'], '<unknown>'),
      1,
    ),
    text(
      'Container-Runtime',
      read(['status', 'nodeInfo', 'containerRuntimeVersion'], '<unknown>'),
      1,
    ),
  ],
  '/namespaces': [text('Status', read(['status', 'phase'], '')), AGE],
  '/services': [
    text('Type', read(['spec', 'type'])),
    text('Cluster-IP', read(['spec', 'clusterIP'])),
    text('External-IP', externalIp),
    text('Port(s)', ports),
    AGE,
    text(
      'Selector',
      object => selectorText({ matchLabels: at(object, 'spec', 'selector') }),
      1,
    ),
  ],
  '/persistentvolumeclaims': [
    text('Status', object =>
      object.metadata.deletionTimestamp
        ? 'Terminating'
        : String(at(object, 'status', 'phase') ?? ''),
    ),
    text('Volume', read(['spec', 'volumeName'], '')),
    text('Capacity', read(['status', 'capacity', 'storage'], '')),
    text('Access Modes', accessModes('status', 'accessModes')),
    text('StorageClass', read(['spec', 'storageClassName'], '')),
    text(
      'VolumeAttributesClass',
      read(['spec', 'volumeAttributesClassName'], '<unset>'),
    ),
    AGE,
    text('VolumeMode', read(['spec', 'volumeMode'], '<unset>'), 1),
  ],
  '/persistentvolumes': [
    text('Capacity', read(['spec', 'capacity', 'storage'], '')),
    text('Access Modes', accessModes('spec', 'accessModes')),
    text('Reclaim Policy', read(['spec', 'persistentVolumeReclaimPolicy'], '')),
    text('Status', read(['status', 'phase'], '')),
    text('Claim', object => {
      const { namespace, name } = node(at(object, 'spec', 'claimRef'));
      return name ? `${String(namespace)}/${String(name)}` : '';
    }),
    text('StorageClass', read(['spec', 'storageClassName'], '')),
    text(
      'VolumeAttributesClass',
      read(['spec', 'volumeAttributesClassName'], '<unset>'),
    ),
    text('Reason', read(['status', 'reason'], '')),
    AGE,
    text('VolumeMode', read(['spec', 'volumeMode'], '<unset>'), 1),
  ],
  '/resourcequotas': [
    text('Request', object => quotaUse(object, false)),
    text('Limit', object => quotaUse(object, true)),
    AGE,
  ],
  '/configmaps': [
    whole(
      'Data',
      ({ data, binaryData }) =>
        Object.keys(node(data)).length + Object.keys(node(binaryData)).length,
    ),
    AGE,
  ],
  '/secrets': [
    text('Type', read(['type'], '')),
    whole('Data', ({ data }) => Object.keys(node(data)).length),
    AGE,
  ],
  '/endpoints': [
    text('Endpoints', object => {
      const all = nodes(object.subsets).flatMap(({ addresses, ports: list }) =>
        nodes(addresses).flatMap(({ ip }) =>
          nodes(list).map(({ port }) => `${String(ip)}:${String(port)}`),
        ),
      );
      return all.length > 3
        ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`
        : all.join(',') || '<none>';
    }),
    AGE,
  ],
  'discovery.k8s.io/endpointslices': [
    text('AddressType', read(['addressType'])),
    text(
      'Ports',
      object =>
        nodes(object.ports)
          .map(({ port }) => String(port ?? '*'))
          .join(',') || '<unset>',
    ),
    text('Endpoints', object => {
      const all = nodes(object.endpoints).flatMap(({ addresses }) =>
        texts(addresses),
      );
      return all.length > 3
        ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`
        : all.join(',') || '<unset>';
    }),
    AGE,
  ],
  'apiextensions.k8s.io/customresourcedefinitions': [CREATED_AT],
  'rbac.authorization.k8s.io/roles': [CREATED_AT],
  'rbac.authorization.k8s.io/clusterroles': [CREATED_AT],
  'rbac.authorization.k8s.io/rolebindings': [
    text('Role', object => {
      const { kind, name } = node(object.roleRef);
      return `${String(kind)}/${String(name)}`;
    }),
    AGE,
  ],
  'rbac.authorization.k8s.io/clusterrolebindings': [
    text('Role', object => {
      const { kind, name } = node(object.roleRef);
      return `${String(kind)}/${String(name)}`;
    }),
    AGE,
  ],
  'storage.k8s.io/storageclasses': [
    text('Provisioner', read(['provisioner'], '')),
    text('ReclaimPolicy', read(['reclaimPolicy'], 'Delete')),
    text('VolumeBindingMode', read(['volumeBindingMode'], 'Immediate')),
    text('AllowVolumeExpansion', object =>
      String(object.allowVolumeExpansion ?? false),
    ),
    AGE,
  ],
  'scheduling.k8s.io/priorityclasses': [
    whole('Value', count('value')),
    text('Global-Default', object => String(object.globalDefault ?? false)),
    AGE,
    text('PreemptionPolicy', read(['preemptionPolicy'])),
  ],
  'networking.k8s.io/networkpolicies': [
    text('Pod-Selector', object =>
      selectorText(at(object, 'spec', 'podSelector')),
    ),
    AGE,
  ],
  'networking.k8s.io/ingresses': [
    text('Class', read(['spec', 'ingressClassName'])),
    text(
      'Hosts',
      object =>
        nodes(at(object, 'spec', 'rules'))
          .map(({ host }) => String(host ?? '*'))
          .join(',') || '*',
    ),
    text('Address', object =>
      nodes(at(object, 'status', 'loadBalancer', 'ingress'))
        .map(({ ip, hostname }) => String(ip ?? hostname))
        .join(','),
    ),
    text('Ports', object =>
      nodes(at(object, 'spec', 'tls')).length ? '80, 443' : '80',
    ),
    AGE,
  ],
  'policy/poddisruptionbudgets': [
    text('Min Available', read(['spec', 'minAvailable'], 'N/A')),
    text('Max Unavailable', read(['spec', 'maxUnavailable'], 'N/A')),
    whole('Allowed Disruptions', count('status', 'disruptionsAllowed')),
    AGE,
  ],
  'autoscaling/horizontalpodautoscalers': [
    text('Reference', object => {
      const { kind, name } = node(at(object, 'spec', 'scaleTargetRef'));
      return `${String(kind)}/${String(name)}`;
    }),
    text('Targets', hpaTargets),
    text('MinPods', read(['spec', 'minReplicas'], '<unset>')),
    whole('MaxPods', count('spec', 'maxReplicas')),
    whole('Replicas', count('status', 'currentReplicas')),
    AGE,
  ],
};

/** Columns of events; their name comes last. */
export const EVENT_COLUMNS: Column[] = [
  text('Last Seen', eventTime('lastTimestamp', 'eventTime', 'firstTimestamp')),
  text('Type', read(['type'], '')),
  text('Reason', read(['reason'], '')),
  text('Object', involved),
  text('Subobject', read(['involvedObject', 'fieldPath'], ''), 1),
  text(
    'Source',
    object => {
      const { component, host } = node(object.source);
      return [component, host].filter(Boolean).join(', ');
    },
    1,
  ),
  text('Message', object => String(object.message ?? '').trim()),
  text('First Seen', eventTime('firstTimestamp', 'eventTime'), 1),
  whole('Count', object => Number(object.count ?? 1), 1),
  { ...text('Name', ({ metadata }) => metadata.name, 1), format: 'name' },
];
