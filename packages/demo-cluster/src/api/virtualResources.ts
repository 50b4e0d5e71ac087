import { KubeObject } from '../store/ObjectStore';
import { MemoryStore } from '../store/MemoryStore';
import { ResourceInfo } from '../store/ResourceRegistry';

/** Values of `metrics.k8s.io`. */
export interface MetricsSource {
  podMetrics(): KubeObject[];
  nodeMetrics(): KubeObject[];
}

const READ_ONLY = ['get', 'list'];

function metricsResource(
  plural: string,
  kind: string,
  namespaced: boolean,
  virtual: () => KubeObject[],
): ResourceInfo {
  return {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    plural,
    kind,
    listKind: `${kind}List`,
    singular: '',
    namespaced,
    verbs: READ_ONLY,
    shortNames: [],
    categories: [],
    subresources: {},
    schema: {},
    generations: false,
    virtual,
  };
}

/** An event of the core group as `events.k8s.io` shows it. */
function newEvent(event: KubeObject): KubeObject {
  const {
    metadata,
    involvedObject,
    message,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...rest
  } = event;
  return {
    ...rest,
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata,
    regarding: involvedObject,
    note: message,
    reportingController: reportingComponent,
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
  };
}

/** Serves what is not stored: resource metrics, and events under their newer name. */
export function serveVirtualResources(
  { registry, list }: MemoryStore,
  metrics?: MetricsSource,
) {
  const events = registry.find({ group: 'events.k8s.io', plural: 'events' });
  if (events) {
    const core = { group: '', version: 'v1', plural: 'events' };
    registry.set('events.k8s.io', 'events', [
      {
        ...events,
        verbs: READ_ONLY,
        virtual: () => list(core).map(newEvent),
      },
    ]);
  }
  if (metrics) {
    registry.set('metrics.k8s.io', 'pods', [
      metricsResource('pods', 'PodMetrics', true, metrics.podMetrics),
    ]);
    registry.set('metrics.k8s.io', 'nodes', [
      metricsResource('nodes', 'NodeMetrics', false, metrics.nodeMetrics),
    ]);
  }
}
