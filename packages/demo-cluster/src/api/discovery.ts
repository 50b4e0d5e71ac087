import { pathNotFound } from '../store/ApiStatusError';
import { ResourceInfo, ResourceRegistry } from '../store/ResourceRegistry';

/** Content type of aggregated discovery. */
export const AGGREGATED_TYPE =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Whether the caller prefers aggregated discovery. */
export function wantsAggregated(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some(entry => {
    const parts = entry.split(';').map(part => part.trim());
    return (
      parts.includes('g=apidiscovery.k8s.io') &&
      parts.includes('v=v2') &&
      parts.includes('as=APIGroupDiscoveryList')
    );
  });
}

function groupVersion({ group, version }: ResourceInfo): string {
  return group ? `${group}/${version}` : version;
}

function versionsOf(resources: ResourceInfo[]): string[] {
  return [...new Set(resources.map(info => info.version))];
}

function groupNames(registry: ResourceRegistry): string[] {
  return [...new Set(registry.all().map(info => info.group))].filter(Boolean);
}

function apiGroup(registry: ResourceRegistry, name: string) {
  const versions = versionsOf(
    registry.all().filter(info => info.group === name),
  ).map(version => ({ groupVersion: `${name}/${version}`, version }));
  if (!versions.length) {
    throw pathNotFound();
  }
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(
  registry: ResourceRegistry,
  group: string,
  version: string,
) {
  const resources = registry
    .all()
    .filter(info => info.group === group && info.version === version);
  if (!resources.length) {
    throw pathNotFound();
  }
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersion(resources[0]),
    resources: resources.flatMap(info => [
      {
        name: info.plural,
        singularName: info.singular,
        namespaced: info.namespaced,
        kind: info.kind,
        verbs: info.verbs,
        ...(info.shortNames.length && { shortNames: info.shortNames }),
        ...(info.categories.length && { categories: info.categories }),
      },
      ...Object.entries(info.subresources).map(([name, subresource]) => ({
        name: `${info.plural}/${name}`,
        singularName: '',
        namespaced: info.namespaced,
        ...(subresource.group !== info.group ||
        subresource.version !== info.version
          ? { group: subresource.group, version: subresource.version }
          : {}),
        kind: subresource.kind,
        verbs: subresource.verbs,
      })),
    ]),
  };
}

function aggregated(registry: ResourceRegistry, groups: string[]) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(group => {
      const inGroup = registry.all().filter(info => info.group === group);
      return {
        metadata: { ...(group && { name: group }), creationTimestamp: null },
        versions: versionsOf(inGroup).map(version => ({
          version,
          freshness: 'Current',
          resources: inGroup
            .filter(info => info.version === version)
            .map(info => ({
              resource: info.plural,
              responseKind: {
                group: info.group,
                version: info.version,
                kind: info.kind,
              },
              scope: info.namespaced ? 'Namespaced' : 'Cluster',
              singularResource: info.singular,
              verbs: info.verbs,
              ...(info.shortNames.length && { shortNames: info.shortNames }),
              ...(info.categories.length && { categories: info.categories }),
              ...(Object.keys(info.subresources).length && {
                subresources: Object.entries(info.subresources).map(
                  ([subresource, { verbs, ...responseKind }]) => ({
                    subresource,
                    responseKind,
                    verbs,
                  }),
                ),
              }),
            })),
        })),
      };
    }),
  };
}

/**
 * The discovery document of a path below `/api` or `/apis`. Throws 404 for a group or version that is not served.
 */
export function discoveryDocument(
  registry: ResourceRegistry,
  path: string,
  options: { aggregated: boolean; address: string },
): unknown {
  const [root, group, version] = path.split('/').filter(Boolean);
  if (root === 'api') {
    if (group) {
      return resourceList(registry, '', group);
    }
    return options.aggregated
      ? aggregated(registry, [''])
      : {
          kind: 'APIVersions',
          versions: ['v1'],
          serverAddressByClientCIDRs: [
            { clientCIDR: '0.0.0.0/0', serverAddress: options.address },
          ],
        };
  }
  if (version) {
    return resourceList(registry, group, version);
  }
  if (group) {
    return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(registry, group) };
  }
  return options.aggregated
    ? aggregated(registry, groupNames(registry))
    : {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groupNames(registry).map(name => apiGroup(registry, name)),
      };
}
