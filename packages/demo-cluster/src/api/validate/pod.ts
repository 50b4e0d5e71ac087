import { sameJson } from '../../store/json';
import { isWhole, parseAmount } from '../quantity';
import { at, JsonNode, node, nodes, textMap } from '../schema/nodes';
import { FieldErrors } from './errors';
import { labelFault, qualifiedNameFault, subdomainFault } from './names';

/** Resources that a node may give more of than it has. */
const OVERCOMMITABLE = /^(cpu|memory|ephemeral-storage|storage)$/;
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];

/** `nvidia.com/gpu` and the like, of which only whole devices are given. */
export function isExtended(name: string): boolean {
  return name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name);
}

function validateResources(
  errors: FieldErrors,
  field: string,
  resources: JsonNode,
) {
  const limits = textMap(resources.limits);
  const requests = textMap(resources.requests);
  for (const [list, amounts] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [name, text] of Object.entries(amounts)) {
      const amount = parseAmount(text);
      const at_ = `${field}.${list}[${name}]`;
      if (amount < 0n) {
        errors.invalid(at_, text, 'must be greater than or equal to 0');
      }
      if (
        !name.includes('/') &&
        !OVERCOMMITABLE.test(name) &&
        !name.startsWith('hugepages-')
      ) {
        errors.invalid(
          `${field}.${list}[${name}]`,
          name,
          'must be a standard resource type or fully qualified',
        );
      } else if (isExtended(name) && !isWhole(amount)) {
        errors.invalid(at_, text, 'must be an integer');
      }
    }
  }
  for (const [name, text] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit === undefined) {
      if (!OVERCOMMITABLE.test(name)) {
        errors.required(
          `${field}.limits`,
          'Limit must be set for non overcommitable resources',
        );
      }
    } else if (!OVERCOMMITABLE.test(name)) {
      if (parseAmount(text) !== parseAmount(limit)) {
        errors.invalid(
          `${field}.requests`,
          text,
          `must be equal to ${name} limit of ${limit}`,
        );
      }
    } else if (parseAmount(text) > parseAmount(limit)) {
      errors.invalid(
        `${field}.requests`,
        text,
        `must be less than or equal to ${name} limit of ${limit}`,
      );
    }
  }
}

function validatePort(errors: FieldErrors, field: string, port: unknown) {
  if (typeof port === 'number' && (port < 1 || port > 65535)) {
    errors.invalid(field, port, 'must be between 1 and 65535, inclusive');
  }
}

function validateProbe(errors: FieldErrors, field: string, probe: unknown) {
  if (!probe) {
    return;
  }
  const handlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'].filter(
    kind => node(probe)[kind],
  );
  if (handlers.length === 0) {
    errors.required(field, 'must specify a handler type');
  } else if (handlers.length > 1) {
    errors.forbidden(
      `${field}.${handlers[1]}`,
      'may not specify more than 1 handler type',
    );
  }
  validatePort(errors, `${field}.httpGet.port`, at(probe, 'httpGet', 'port'));
}

function validateEnv(errors: FieldErrors, field: string, container: JsonNode) {
  nodes(container.env).forEach((variable, index) => {
    const place = `${field}.env[${index}]`;
    const name = String(variable.name ?? '');
    if (!name) {
      errors.required(`${place}.name`);
    } else if (!/^[ -<>-~]+$/.test(name)) {
      errors.invalid(
        `${place}.name`,
        name,
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      );
    }
    if (variable.valueFrom && variable.value) {
      errors.invalid(
        `${place}.valueFrom`,
        '',
        'may not be specified when `value` is not empty',
      );
    }
    for (const kind of ['secretKeyRef', 'configMapKeyRef']) {
      const reference = node(variable.valueFrom)[kind];
      if (reference && !node(reference).key) {
        errors.required(`${place}.valueFrom.${kind}.key`);
      }
    }
  });
}

function validateContainer(
  errors: FieldErrors,
  field: string,
  container: JsonNode,
  volumes: Set<unknown>,
) {
  const name = String(container.name ?? '');
  if (!name) {
    errors.required(`${field}.name`);
  } else {
    const fault = labelFault(name);
    if (fault) {
      errors.invalid(`${field}.name`, name, fault);
    }
  }
  const image = container.image;
  if (!image) {
    errors.required(`${field}.image`);
  } else if (String(image).trim() !== image) {
    errors.invalid(
      `${field}.image`,
      image,
      'must not have leading or trailing whitespace',
    );
  }
  errors.oneOf(
    `${field}.imagePullPolicy`,
    container.imagePullPolicy,
    PULL_POLICIES,
  );
  const portNames = new Set<unknown>();
  nodes(container.ports).forEach((port, index) => {
    const place = `${field}.ports[${index}]`;
    if (port.containerPort === undefined) {
      errors.required(`${place}.containerPort`);
    }
    validatePort(errors, `${place}.containerPort`, port.containerPort);
    errors.oneOf(`${place}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
    if (port.name !== undefined) {
      if (
        !/^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(
          String(port.name),
        )
      ) {
        errors.invalid(
          `${place}.name`,
          port.name,
          String(port.name).length > 15
            ? 'must be no more than 15 characters'
            : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        );
      } else if (portNames.has(port.name)) {
        errors.duplicate(`${place}.name`, port.name);
      }
      portNames.add(port.name);
    }
  });
  validateEnv(errors, field, container);
  const paths = new Set<unknown>();
  nodes(container.volumeMounts).forEach((mount, index) => {
    const place = `${field}.volumeMounts[${index}]`;
    if (!mount.name) {
      errors.required(`${place}.name`);
    } else if (!volumes.has(mount.name)) {
      errors.notFound(`${place}.name`, mount.name);
    }
    if (!mount.mountPath) {
      errors.required(`${place}.mountPath`);
    } else if (paths.has(mount.mountPath)) {
      errors.invalid(`${place}.mountPath`, mount.mountPath, 'must be unique');
    }
    paths.add(mount.mountPath);
  });
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    validateProbe(errors, `${field}.${probe}`, container[probe]);
  }
  validateResources(errors, `${field}.resources`, node(container.resources));
}

function validateVolumes(
  errors: FieldErrors,
  field: string,
  spec: JsonNode,
): Set<unknown> {
  const names = new Set<unknown>();
  nodes(spec.volumes).forEach((volume, index) => {
    const place = `${field}.volumes[${index}]`;
    const fault = volume.name ? labelFault(String(volume.name)) : undefined;
    if (!volume.name) {
      errors.required(`${place}.name`);
    } else if (fault) {
      errors.invalid(`${place}.name`, volume.name, fault);
    } else if (names.has(volume.name)) {
      errors.duplicate(`${place}.name`, volume.name);
    }
    names.add(volume.name);
    const sources = Object.keys(volume).filter(key => key !== 'name');
    if (sources.length > 1) {
      errors.forbidden(
        `${place}.${sources[1]}`,
        'may not specify more than 1 volume type',
      );
    }
    for (const [kind, key] of [
      ['persistentVolumeClaim', 'claimName'],
      ['secret', 'secretName'],
      ['configMap', 'name'],
      ['hostPath', 'path'],
    ]) {
      if (volume[kind] && !node(volume[kind])[key]) {
        errors.required(`${place}.${kind}.${key}`);
      }
    }
  });
  return names;
}

/**
 * Checks the spec of a pod or of a pod template.
 *
 * @param claims - names of volumes that come from elsewhere: a StatefulSet's claim templates
 */
export function validatePodSpec(
  errors: FieldErrors,
  field: string,
  spec: JsonNode,
  claims: readonly unknown[] = [],
) {
  const volumes = validateVolumes(errors, field, spec);
  for (const claim of claims) volumes.add(String(claim));
  const seen = new Set<unknown>();
  for (const list of ['containers', 'initContainers']) {
    nodes(spec[list]).forEach((container, index) => {
      const place = `${field}.${list}[${index}]`;
      validateContainer(errors, place, container, volumes);
      if (container.name && seen.has(container.name)) {
        errors.duplicate(`${place}.name`, container.name);
      }
      seen.add(container.name);
    });
  }
  if (nodes(spec.containers).length === 0) {
    errors.required(`${field}.containers`);
  }
  errors.oneOf(`${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES);
  errors.oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, [
    'ClusterFirstWithHostNet',
    'ClusterFirst',
    'Default',
    'None',
  ]);
  nodes(spec.tolerations).forEach((toleration, index) => {
    const place = `${field}.tolerations[${index}]`;
    const { key, operator, value } = toleration;
    errors.oneOf(`${place}.operator`, operator, ['Equal', 'Exists']);
    if (operator === 'Exists' && value) {
      errors.invalid(
        `${place}.operator`,
        toleration,
        "value must be empty when `operator` is 'Exists'",
      );
    }
    if (!key && operator !== 'Exists') {
      errors.invalid(
        `${place}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
    }
    errors.oneOf(`${place}.effect`, toleration.effect, [
      'NoSchedule',
      'PreferNoSchedule',
      'NoExecute',
    ]);
  });
  for (const key of Object.keys(textMap(spec.nodeSelector))) {
    const fault = qualifiedNameFault(key);
    if (fault) {
      errors.invalid(`${field}.nodeSelector`, key, fault);
    }
  }
  const account = spec.serviceAccountName;
  const fault = account ? subdomainFault(String(account)) : undefined;
  if (fault) {
    errors.invalid(`${field}.serviceAccountName`, account, fault);
  }
}

const UPDATE_RULE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** Checks that an update of a pod changes only what may change. */
export function validatePodUpdate(
  errors: FieldErrors,
  pod: JsonNode,
  old: JsonNode,
) {
  const fixed = (spec: JsonNode) => {
    const {
      activeDeadlineSeconds: _deadline,
      tolerations: _tolerations,
      ...rest
    } = spec;
    for (const list of ['containers', 'initContainers']) {
      if (rest[list]) {
        rest[list] = nodes(rest[list]).map(
          ({ image: _image, ...other }) => other,
        );
      }
    }
    return rest;
  };
  if (!sameJson(fixed(node(pod.spec)), fixed(node(old.spec)))) {
    errors.forbidden('spec', UPDATE_RULE);
  }
}
