import { KubeObject } from '../../store/ObjectStore';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { FieldErrors } from './errors';
import {
  dns1035Fault,
  labelFault,
  labelValueFault,
  pathSegmentFault,
  qualifiedNameFault,
  subdomainFault,
} from './names';

const MAX_ANNOTATIONS_BYTES = 256 * 1024;

/** Names that end up as host names or paths have rules of their own. */
function nameFault(resource: ResourceInfo, name: string): string | undefined {
  if (resource.group === 'rbac.authorization.k8s.io') {
    return pathSegmentFault(name);
  }
  switch (resource.plural) {
    case 'namespaces': {
      return name.includes('.') && !subdomainFault(name)
        ? 'must not contain dots'
        : labelFault(name);
    }
    case 'services':
      return dns1035Fault(name);
    default:
      return subdomainFault(name);
  }
}

/** Checks labels of an object or of a template. */
export function validateLabels(
  errors: FieldErrors,
  field: string,
  labels: unknown,
) {
  const entries = Object.entries((labels ?? {}) as Record<string, string>);
  for (const [key, value] of entries) {
    const keyFault = qualifiedNameFault(key);
    if (keyFault) {
      errors.invalid(field, key, keyFault);
    }
    const valueFault = labelValueFault(value);
    if (valueFault) {
      errors.invalid(field, value, valueFault);
    }
  }
}

function validateOwners(errors: FieldErrors, { metadata }: KubeObject) {
  const owners = metadata.ownerReferences ?? [];
  owners.forEach((owner, index) => {
    const field = `metadata.ownerReferences[${index}]`;
    for (const part of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if (!owner[part]) {
        errors.invalid(
          `${field}.${part}`,
          '',
          `${part === 'apiVersion' ? 'version' : part} must not be empty`,
        );
      }
    }
  });
  if (owners.filter(owner => owner.controller).length > 1) {
    errors.invalid(
      'metadata.ownerReferences',
      owners,
      'Only one reference can have Controller set to true.',
    );
  }
}

/** Checks name, labels, annotations, owners and finalizers; on update also what may not change. */
export function validateMetadata(
  errors: FieldErrors,
  resource: ResourceInfo,
  object: KubeObject,
  old?: KubeObject,
) {
  const { metadata } = object;
  if (old) {
    for (const field of ['uid', 'name', 'namespace'] as const) {
      if (metadata[field] !== old.metadata[field]) {
        errors.invalid(
          `metadata.${field}`,
          metadata[field],
          'field is immutable',
        );
      }
    }
  } else if (!metadata.name) {
    errors.required('metadata.name', 'name or generateName is required');
  } else {
    const fault = nameFault(resource, metadata.name);
    if (fault) {
      errors.invalid('metadata.name', metadata.name, fault);
    }
  }
  validateLabels(errors, 'metadata.labels', metadata.labels);
  let size = 0;
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    const fault = qualifiedNameFault(
      key.toLowerCase(),
      'a valid annotation key',
    );
    if (fault) {
      errors.invalid('metadata.annotations', key, fault);
    }
    size += key.length + value.length;
  }
  if (size > MAX_ANNOTATIONS_BYTES) {
    errors.tooLong('metadata.annotations', MAX_ANNOTATIONS_BYTES);
  }
  for (const finalizer of metadata.finalizers ?? []) {
    const fault = qualifiedNameFault(finalizer);
    if (fault) {
      errors.invalid('metadata.finalizers', finalizer, fault);
    }
  }
  validateOwners(errors, object);
}
