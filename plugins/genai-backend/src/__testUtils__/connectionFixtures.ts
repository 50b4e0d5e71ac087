import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import type { WatchedResource } from '@promptside/backstage-plugin-genai-node';
import type { ConnectionContext } from '../connections/ClusterConnection';
import type { FakeClock } from './FakeClock';
import type { FakeTransport, SeenRequest } from './FakeTransport';

interface RawNamed {
  metadata: { uid: string; name: string; labels?: { hidden?: string } };
}

/** Raw object that the projections below understand; a hidden one leaves no fact. */
export function rawObject(name: string, more?: { hidden?: boolean }): RawNamed {
  return {
    metadata: {
      uid: `uid-${name}`,
      name,
      ...(more?.hidden ? { labels: { hidden: 'true' } } : {}),
    },
  };
}

/** One resource of each sort: needed, optional, and the one whose arrival brings optional ones. */
export const TEST_RESOURCES: readonly WatchedResource[] = [
  {
    key: 'namespaces',
    path: '/api/v1/namespaces',
    apiGroup: '',
    plural: 'namespaces',
    need: 'Needed',
    project: raw => {
      const { uid, name, labels } = (raw as RawNamed).metadata;
      return labels?.hidden ? undefined : { resource: 'namespaces', uid, name };
    },
  },
  {
    key: 'customresourcedefinitions',
    path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    apiGroup: 'apiextensions.k8s.io',
    plural: 'customresourcedefinitions',
    need: 'Optional',
    project: raw => {
      const { uid, name } = (raw as RawNamed).metadata;
      return { resource: 'customresourcedefinitions', uid, name };
    },
  },
  {
    key: 'inferenceservices',
    path: '/apis/serving.kserve.io/v1beta1/inferenceservices',
    apiGroup: 'serving.kserve.io',
    plural: 'inferenceservices',
    need: 'Optional',
    crd: 'inferenceservices.serving.kserve.io',
    accept: 'application/json;as=PartialObjectMetadataList',
    project: () => undefined,
  },
];

/** A logger whose lines a test can read. */
export function recordingLogger(): { logger: LoggerService; lines: string[] } {
  const lines: string[] = [];
  const logger: LoggerService = {
    error: line => void lines.push(`error ${line}`),
    warn: line => void lines.push(`warn ${line}`),
    info: line => void lines.push(`info ${line}`),
    debug: line => void lines.push(`debug ${line}`),
    child: () => logger,
  };
  return { logger, lines };
}

/** A connection context on a fake clock and a fake API. */
export function testContext(
  transport: FakeTransport,
  clock: FakeClock,
): ConnectionContext & {
  lines: string[];
  changes: GenaiSignal[];
} {
  const { logger, lines } = recordingLogger();
  const changes: GenaiSignal[] = [];
  return {
    transport,
    resources: TEST_RESOURCES,
    clock,
    random: () => 1,
    logger,
    lines,
    changes,
    onChange: change => changes.push(change),
    settings: {
      pageSize: 500,
      requestTimeoutMs: 60_000,
      idleMs: 100_000,
      minBackoffMs: 1000,
      maxBackoffMs: 30_000,
      maxRefusedBackoffMs: 60_000,
    },
  };
}

/** Answers `/version` itself and leaves the rest to `answer`. */
export function withVersion(
  answer: (request: SeenRequest) => Response | Promise<Response>,
): (request: SeenRequest) => Response | Promise<Response> {
  return request =>
    request.path === '/version'
      ? Response.json({ gitVersion: 'v1.36.2' })
      : answer(request);
}
