import { KubeObject } from '../../store/ObjectStore';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { fill, JsonNode, node, nodes } from './nodes';
import { defaultPod, defaultPodSpec } from './podDefaults';

type Defaulter = (object: JsonNode, spec: JsonNode) => void;

const template: Defaulter = (_object, spec) =>
  defaultPodSpec(node(node(spec.template).spec));

function rollingUpdate(spec: JsonNode, field: string, values: JsonNode) {
  fill(spec, { [field]: {} });
  const strategy = node(spec[field]);
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    fill(strategy, { rollingUpdate: {} });
    fill(node(strategy.rollingUpdate), values);
  }
}

const claimSpec = (spec: JsonNode) => fill(spec, { volumeMode: 'Filesystem' });

const jobSpec: Defaulter = (object, spec) => {
  template(object, spec);
  fill(spec, {
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    parallelism: 1,
    podReplacementPolicy: 'TerminatingOrFailed',
    suspend: false,
  });
  if (spec.completions === undefined && spec.parallelism === 1) {
    spec.completions = 1;
  }
};

const subjects: Defaulter = object => {
  const group = 'rbac.authorization.k8s.io';
  fill(node(object.roleRef), { apiGroup: group });
  for (const subject of nodes(object.subjects)) {
    if (subject.kind === 'User' || subject.kind === 'Group') {
      fill(subject, { apiGroup: group });
    }
  }
};

const DEFAULTERS: Record<string, Defaulter> = {
  '/pods': object => defaultPod(object),
  '/replicationcontrollers': (object, spec) => {
    template(object, spec);
    fill(spec, { replicas: 1 });
  },
  '/services': (_object, spec) => {
    fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
    if (spec.type !== 'ExternalName') {
      fill(spec, {
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
      });
    }
    if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
      fill(spec, { externalTrafficPolicy: 'Cluster' });
    }
    for (const port of nodes(spec.ports)) {
      fill(port, { protocol: 'TCP', targetPort: port.port });
    }
  },
  '/nodes': object => {
    const status = node(object.status);
    if (status.capacity) {
      fill(status, { allocatable: status.capacity });
    }
  },
  '/persistentvolumeclaims': (_object, spec) => claimSpec(spec),
  '/persistentvolumes': (_object, spec) =>
    fill(spec, {
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
    }),
  '/secrets': object => {
    fill(object, { type: 'Opaque' });
    if (object.stringData) {
      const encoded = Object.entries(node(object.stringData)).map(
        ([key, value]) => [key, Buffer.from(String(value)).toString('base64')],
      );
      object.data = { ...node(object.data), ...Object.fromEntries(encoded) };
      delete object.stringData;
    }
  },
  '/endpoints': object => {
    for (const subset of nodes(object.subsets)) {
      nodes(subset.ports).forEach(port => fill(port, { protocol: 'TCP' }));
    }
  },
  '/limitranges': (_object, spec) => {
    for (const limit of nodes(spec.limits)) {
      if (limit.type === 'Container') {
        // A default limit is a default request as well, a maximum is a default limit.
        const limits = { ...node(limit.max), ...node(limit.default) };
        const requests = {
          ...node(limit.min),
          ...limits,
          ...node(limit.defaultRequest),
        };
        if (Object.keys(limits).length) {
          limit.default = limits;
        }
        if (Object.keys(requests).length) {
          limit.defaultRequest = requests;
        }
      }
    }
  },
  'apps/deployments': (object, spec) => {
    template(object, spec);
    fill(spec, {
      progressDeadlineSeconds: 600,
      replicas: 1,
      revisionHistoryLimit: 10,
    });
    rollingUpdate(spec, 'strategy', {
      maxSurge: '25%',
      maxUnavailable: '25%',
    });
  },
  'apps/replicasets': (object, spec) => {
    template(object, spec);
    fill(spec, { replicas: 1 });
  },
  'apps/daemonsets': (object, spec) => {
    template(object, spec);
    fill(spec, { revisionHistoryLimit: 10 });
    rollingUpdate(spec, 'updateStrategy', { maxSurge: 0, maxUnavailable: 1 });
  },
  'apps/statefulsets': (object, spec) => {
    template(object, spec);
    fill(spec, {
      persistentVolumeClaimRetentionPolicy: {},
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
    });
    fill(node(spec.persistentVolumeClaimRetentionPolicy), {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
    rollingUpdate(spec, 'updateStrategy', { partition: 0 });
    for (const claim of nodes(spec.volumeClaimTemplates)) {
      fill(claim, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        status: { phase: 'Pending' },
      });
      claimSpec(node(claim.spec));
    }
  },
  'batch/jobs': jobSpec,
  'batch/cronjobs': (object, spec) => {
    fill(spec, {
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      successfulJobsHistoryLimit: 3,
      suspend: false,
    });
    template(object, node(node(spec.jobTemplate).spec));
  },
  'autoscaling/horizontalpodautoscalers': (_object, spec) => {
    const target = { type: 'Utilization', averageUtilization: 80 };
    fill(spec, {
      minReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    });
  },
  'networking.k8s.io/networkpolicies': (_object, spec) => {
    fill(spec, {
      podSelector: {},
      policyTypes: ['Ingress', ...(spec.egress ? ['Egress'] : [])],
    });
    for (const rule of [...nodes(spec.ingress), ...nodes(spec.egress)]) {
      nodes(rule.ports).forEach(port => fill(port, { protocol: 'TCP' }));
    }
  },
  'rbac.authorization.k8s.io/rolebindings': subjects,
  'rbac.authorization.k8s.io/clusterrolebindings': subjects,
  'storage.k8s.io/storageclasses': object =>
    fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  'scheduling.k8s.io/priorityclasses': object =>
    fill(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  'apiextensions.k8s.io/customresourcedefinitions': (_object, spec) => {
    const names = node(spec.names);
    const kind = String(names.kind ?? '');
    fill(names, {
      listKind: `${kind}List`,
      singular: kind.toLowerCase(),
    });
    fill(spec, { conversion: { strategy: 'None' } });
  },
};

/** Fills in what the client left open, in place. */
export function applyDefaults(resource: ResourceInfo, object: KubeObject) {
  const key = `${resource.group}/${resource.plural}`;
  DEFAULTERS[key]?.(object, node(object.spec));
}
