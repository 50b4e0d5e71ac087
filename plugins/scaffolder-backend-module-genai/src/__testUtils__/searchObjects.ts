import { stringify } from 'yaml';
import { ourObject } from './memoryCluster';

const of = (apiVersion: string, kind: string, name: string) =>
  ourObject(apiVersion, kind, name, {
    namespace: 'team-search',
    annotations: { 'promptside.io/entity-ref': 'component:default/chat-llm' },
  });

/** Objects of a service of the team `search`, in no useful order. */
export const SEARCH_OBJECTS = [
  of('apps/v1', 'Deployment', 'chat-llm'),
  of('v1', 'Service', 'chat-llm'),
  of('v1', 'PersistentVolumeClaim', 'chat-llm-cache'),
];

/** The same as a workspace with a folder of manifests. */
export const SEARCH_WORKSPACE = {
  manifests: Object.fromEntries(
    SEARCH_OBJECTS.map(object => [
      `${object.kind}.yaml`,
      stringify(object, { aliasDuplicateObjects: false }),
    ]),
  ),
};
