import type { EventFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';

interface RawEvent {
  involvedObject?: { kind?: string; name?: string; uid?: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  series?: { count?: number; lastObservedTime?: string };
  eventTime?: string | null;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
}

/** Kinds whose events can explain a model server or a vector store. */
const KINDS = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'Job',
  'InferenceService',
  'Cluster',
  'Milvus',
]);

/** Longer messages are cut: some controllers put whole objects there. */
const MESSAGE_LENGTH = 1024;

/** An event of core/v1 about an object that may be ours. */
export function projectEvent(raw: unknown): EventFact | undefined {
  const object = asNamespaced(raw);
  const event = raw as RawEvent;
  const { kind, name, uid } = event?.involvedObject ?? {};
  if (!object || !kind || !name || !uid || !KINDS.has(kind)) return undefined;
  // Reporters of the newer API fill eventTime and series instead of the timestamps and count.
  const at =
    event.series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.firstTimestamp ??
    object.metadata.creationTimestamp;
  return {
    resource: 'events',
    ...identityOf(object),
    involved: { kind: intern(kind), name, uid },
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: intern(event.reason ?? 'Unknown'),
    message: (event.message ?? '').slice(0, MESSAGE_LENGTH),
    count: event.series?.count ?? event.count ?? 1,
    ...(at ? { at } : {}),
  };
}
