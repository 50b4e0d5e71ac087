import { invalid } from '../../store/ApiStatusError';
import { sameJson } from '../../store/json';
import { KubeObject } from '../../store/ObjectStore';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { at, JsonNode, node, nodes, texts } from '../schema/nodes';
import { validateDefinition } from '../crd/validateDefinition';
import { FieldErrors } from './errors';
import { validateLabels, validateMetadata } from './metadata';
import { qualifiedNameFault } from './names';
import { validatePodSpec, validatePodUpdate } from './pod';

import { Check, percentOrCount } from './checks';
import { cronJob, deployment, job, statefulSet, workload } from './workloads';

const service: Check = (errors, object, old) => {
  const spec = node(object.spec);
  const headless = spec.clusterIP === 'None';
  errors.oneOf('spec.type', spec.type, [
    'ClusterIP',
    'ExternalName',
    'LoadBalancer',
    'NodePort',
  ]);
  if (
    nodes(spec.ports).length === 0 &&
    !headless &&
    spec.type !== 'ExternalName'
  ) {
    errors.required('spec.ports');
  }
  const names = new Set<unknown>();
  nodes(spec.ports).forEach((port, index) => {
    const place = `spec.ports[${index}]`;
    const number = port.port;
    if (typeof number !== 'number' || number < 1 || number > 65535) {
      errors.invalid(
        `${place}.port`,
        number ?? 0,
        'must be between 1 and 65535, inclusive',
      );
    }
    if (!port.name && nodes(spec.ports).length > 1) {
      errors.required(`${place}.name`);
    } else if (port.name && names.has(port.name)) {
      errors.duplicate(`${place}.name`, port.name);
    }
    names.add(port.name);
  });
  validateLabels(errors, 'spec.selector', spec.selector);
  if (old && at(old, 'spec', 'clusterIP') && spec.type !== 'ExternalName') {
    const before = at(old, 'spec', 'clusterIP');
    if (spec.clusterIP !== before) {
      errors.invalid(
        'spec.clusterIPs[0]',
        [spec.clusterIP],
        'may not change once set',
      );
    }
  }
};

const claim: Check = (errors, object, old) => {
  const spec = node(object.spec);
  if (texts(spec.accessModes).length === 0) {
    errors.required('spec.accessModes', 'at least 1 access mode is required');
  }
  texts(spec.accessModes).forEach((mode, index) =>
    errors.oneOf(`spec.accessModes[${index}]`, mode, [
      'ReadOnlyMany',
      'ReadWriteMany',
      'ReadWriteOnce',
      'ReadWriteOncePod',
    ]),
  );
  if (at(spec, 'resources', 'requests', 'storage') === undefined) {
    errors.required('spec.resources[storage]');
  }
  if (old) {
    const fixed = (each: JsonNode) => {
      const { resources: _resources, volumeName: _volume, ...rest } = each;
      return rest;
    };
    if (!sameJson(fixed(spec), fixed(node(old.spec)))) {
      errors.forbidden(
        'spec',
        'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
      );
    }
  }
};

const keyed: Check = (errors, object) => {
  for (const field of ['data', 'binaryData']) {
    for (const key of Object.keys(node(object[field]))) {
      if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
        errors.invalid(
          `${field}[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        );
      }
    }
  }
};

const binding: Check = (errors, object, old) => {
  if (!at(object, 'roleRef', 'name')) {
    errors.required('roleRef.name');
  }
  errors.oneOf(
    'roleRef.kind',
    at(object, 'roleRef', 'kind') ?? '',
    object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'],
  );
  if (old && !sameJson(object.roleRef, old.roleRef)) {
    errors.invalid('roleRef', object.roleRef, 'cannot change roleRef');
  }
};

const role: Check = (errors, object) => {
  nodes(object.rules).forEach((rule, index) => {
    if (texts(rule.verbs).length === 0) {
      errors.required(
        `rules[${index}].verbs`,
        'verbs must contain at least one value',
      );
    }
  });
};

const budget: Check = (errors, object) => {
  const spec = node(object.spec);
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    errors.invalid(
      'spec',
      spec,
      'minAvailable and maxUnavailable cannot be both set',
    );
  }
  percentOrCount(errors, 'spec.minAvailable', spec.minAvailable);
  percentOrCount(errors, 'spec.maxUnavailable', spec.maxUnavailable);
};

const quota: Check = (errors, object) => {
  for (const name of Object.keys(node(at(object, 'spec', 'hard')))) {
    const field = `spec.hard[${name}]`;
    const fault = qualifiedNameFault(name, 'a valid resource name');
    if (fault) {
      errors.invalid(field, name, fault);
    } else if (
      /^limits\..*\//.test(name) ||
      (name.includes('/') && !/^(requests\.|count\/)|storageclass/.test(name))
    ) {
      errors.invalid(field, name, 'must be a standard resource for quota');
    }
  }
};

const autoscaler: Check = (errors, object) => {
  const spec = node(object.spec);
  const [min, max] = [Number(spec.minReplicas), Number(spec.maxReplicas ?? 0)];
  if (max < 1) {
    errors.invalid('spec.maxReplicas', max, 'must be greater than 0');
  } else if (max < min) {
    errors.invalid(
      'spec.maxReplicas',
      max,
      'must be greater than or equal to `minReplicas`',
    );
  }
  for (const field of ['kind', 'name']) {
    if (!at(spec, 'scaleTargetRef', field)) {
      errors.required(`spec.scaleTargetRef.${field}`);
    }
  }
};

const CHECKS: Record<string, Check> = {
  '/pods': (errors, object, old) => {
    validatePodSpec(errors, 'spec', node(object.spec));
    if (old) {
      validatePodUpdate(errors, object, old);
    }
  },
  '/configmaps': keyed,
  '/secrets': keyed,
  '/services': service,
  '/persistentvolumeclaims': claim,
  '/resourcequotas': quota,
  'apps/deployments': deployment,
  'apps/replicasets': workload,
  'apps/daemonsets': workload,
  'apps/statefulsets': statefulSet,
  'batch/jobs': job,
  'batch/cronjobs': cronJob,
  'policy/poddisruptionbudgets': budget,
  'autoscaling/horizontalpodautoscalers': autoscaler,
  'rbac.authorization.k8s.io/roles': role,
  'rbac.authorization.k8s.io/clusterroles': role,
  'rbac.authorization.k8s.io/rolebindings': binding,
  'rbac.authorization.k8s.io/clusterrolebindings': binding,
  'apiextensions.k8s.io/customresourcedefinitions': validateDefinition,
};

/**
 * Checks what the types cannot say: names, references inside the object, values that exclude each other, fields that may
 * not change. Throws 422 with one cause per field.
 */
export function validateObject(
  resource: ResourceInfo,
  object: KubeObject,
  old?: KubeObject,
) {
  const errors = new FieldErrors();
  validateMetadata(errors, resource, object, old);
  CHECKS[`${resource.group}/${resource.plural}`]?.(errors, object, old);
  if (errors.errors.length) {
    throw invalid(resource, object.metadata.name ?? '', errors.errors);
  }
}
