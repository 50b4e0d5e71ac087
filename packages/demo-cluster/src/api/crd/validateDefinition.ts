import { KubeObject } from '../../store/ObjectStore';
import { at, node, nodes } from '../schema/nodes';
import { FieldErrors } from '../validate/errors';
import { dns1035Fault, subdomainFault } from '../validate/names';

/** Checks a CustomResourceDefinition. */
export function validateDefinition(
  errors: FieldErrors,
  object: KubeObject,
  old?: KubeObject,
) {
  const spec = node(object.spec);
  const names = node(spec.names);
  const wanted = `${String(names.plural)}.${String(spec.group)}`;
  if (object.metadata.name !== wanted) {
    errors.invalid(
      'metadata.name',
      object.metadata.name,
      'must be spec.names.plural+"."+spec.group',
    );
  }
  const groupFault = spec.group
    ? subdomainFault(String(spec.group))
    : undefined;
  if (!spec.group) {
    errors.required('spec.group');
  } else if (groupFault) {
    errors.invalid('spec.group', spec.group, groupFault);
  } else if (!String(spec.group).includes('.')) {
    errors.invalid(
      'spec.group',
      spec.group,
      'should be a domain with at least one dot',
    );
  }
  for (const field of ['plural', 'kind']) {
    const value = names[field];
    const fault = value ? dns1035Fault(String(value).toLowerCase()) : undefined;
    if (!value) {
      errors.required(`spec.names.${field}`);
    } else if (fault) {
      errors.invalid(`spec.names.${field}`, value, fault);
    }
  }
  if (!spec.scope) {
    errors.required('spec.scope');
  }
  errors.oneOf('spec.scope', spec.scope, ['Cluster', 'Namespaced']);
  const versions = nodes(spec.versions);
  if (versions.filter(version => version.storage).length !== 1) {
    errors.invalid(
      'spec.versions',
      versions.map(version => version.name),
      'must have exactly one version marked as storage version',
    );
  }
  versions.forEach((version, index) => {
    const field = `spec.versions[${index}]`;
    const schema = at(version, 'schema', 'openAPIV3Schema');
    if (!schema) {
      errors.required(`${field}.schema.openAPIV3Schema`);
    } else if (node(schema).type !== 'object') {
      const type = node(schema).type;
      const place = `${field}.schema.openAPIV3Schema.type`;
      if (type) {
        errors.invalid(place, type, 'must be object at the root');
      } else {
        errors.required(place, 'must not be empty at the root');
      }
    }
  });
  if (old) {
    for (const path of [
      ['group'],
      ['scope'],
      ['names', 'plural'],
      ['names', 'kind'],
    ]) {
      const value = at(spec, ...path);
      if (value !== at(old, 'spec', ...path)) {
        errors.invalid(`spec.${path.join('.')}`, value, 'field is immutable');
      }
    }
  }
}
