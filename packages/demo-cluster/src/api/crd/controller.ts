import { sameJson } from '../../store/json';
import { KubeObject, kubeTime, ResourceId } from '../../store/ObjectStore';
import { MemoryStore } from '../../store/MemoryStore';
import { at, node, nodes } from '../schema/nodes';
import { resourcesOf } from './definition';

/** The resource of CustomResourceDefinitions. */
export const DEFINITIONS: ResourceId = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
};
const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

function statusOf(definition: KubeObject, now: string) {
  const spec = node(definition.spec);
  const since = (type: string) =>
    nodes(at(definition, 'status', 'conditions')).find(
      condition => condition.type === type,
    )?.lastTransitionTime ?? now;
  return {
    conditions: [
      {
        type: 'NamesAccepted',
        status: 'True',
        lastTransitionTime: since('NamesAccepted'),
        reason: 'NoConflicts',
        message: 'no conflicts found',
      },
      {
        type: 'Established',
        status: 'True',
        lastTransitionTime: since('Established'),
        reason: 'InitialNamesAccepted',
        message: 'the initial names have been accepted',
      },
    ],
    acceptedNames: spec.names,
    storedVersions: nodes(spec.versions)
      .filter(version => version.storage)
      .map(version => version.name),
  };
}

/**
 * Serves what CustomResourceDefinitions define, as long as they are there, and removes their objects with them.
 * @returns the way to stop
 */
export function serveDefinitions(store: MemoryStore): () => void {
  const groupAndPlural = (definition: KubeObject): [string, string] => [
    String(at(definition, 'spec', 'group')),
    String(at(definition, 'spec', 'names', 'plural')),
  ];

  const serve = (definition: KubeObject) => {
    const [group, plural] = groupAndPlural(definition);
    store.registry.set(group, plural, resourcesOf(definition));
  };

  const establish = (definition: KubeObject) => {
    const { metadata } = definition;
    if (!metadata.finalizers?.includes(CLEANUP)) {
      definition = store.update(DEFINITIONS, {
        ...definition,
        metadata: {
          ...metadata,
          finalizers: [...(metadata.finalizers ?? []), CLEANUP],
        },
      });
    }
    const status = statusOf(definition, kubeTime(store.now()));
    if (!sameJson(status, definition.status)) {
      store.update(
        DEFINITIONS,
        { ...definition, status },
        { subresource: 'status' },
      );
    }
  };

  const empty = (definition: KubeObject) => {
    const [group, plural] = groupAndPlural(definition);
    const resource = store.registry.find({ group, plural });
    if (resource) {
      for (const { metadata } of store.list(resource)) {
        if (!metadata.deletionTimestamp) {
          store.delete(resource, metadata.namespace, metadata.name);
        }
      }
    }
    if (!resource || store.list(resource).length === 0) {
      const { metadata } = definition;
      store.update(DEFINITIONS, {
        ...definition,
        metadata: {
          ...metadata,
          finalizers: metadata.finalizers?.filter(each => each !== CLEANUP),
        },
      });
    }
  };

  store.list(DEFINITIONS).forEach(serve);
  return store.subscribe(({ type, resource, object }) => {
    if (
      resource.plural === DEFINITIONS.plural &&
      resource.group === DEFINITIONS.group
    ) {
      const [group, plural] = groupAndPlural(object);
      if (type === 'DELETED') {
        store.registry.set(group, plural, []);
        store.drop({ group, plural, version: '' });
        return;
      }
      serve(object);
      const current = store.get(DEFINITIONS, undefined, object.metadata.name);
      if (current?.metadata.deletionTimestamp) {
        if (current.metadata.finalizers?.includes(CLEANUP)) {
          empty(current);
        }
      } else if (current) {
        establish(current);
      }
    } else if (type === 'DELETED') {
      // The last object of a definition that is being deleted may have gone.
      const name = `${resource.plural}.${resource.group}`;
      const definition = store.get(DEFINITIONS, undefined, name);
      if (
        definition?.metadata.deletionTimestamp &&
        definition.metadata.finalizers?.includes(CLEANUP) &&
        store.list(resource).length === 0
      ) {
        empty(definition);
      }
    }
  });
}
