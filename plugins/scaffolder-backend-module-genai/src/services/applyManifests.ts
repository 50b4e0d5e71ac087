import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { inApplyOrder } from '../kubernetes/applyOrder';
import {
  describeManifest,
  type KubeManifest,
} from '../kubernetes/KubeManifest';
import {
  KindNotInstalledError,
  type KubeWriter,
} from '../kubernetes/KubeWriter';
import { assertOurs } from '../kubernetes/ownership';

/**
 * Kinds without which a service still runs: where their operator is missing they are left out, and the log says what that
 * costs. An InferenceService or a NIMService is not among them, for it is the service.
 */
const OPTIONAL_KINDS: ReadonlyMap<string, string> = new Map([
  ['ServiceMonitor', 'Prometheus does not scrape the engine'],
  ['PodMonitor', 'Prometheus does not scrape the engine'],
  ['ScaledObject', 'the number of replicas stays as it is'],
  ['HTTPRoute', 'the endpoint is reached from inside the cluster only'],
  ['Ingress', 'the endpoint is reached from inside the cluster only'],
]);

/** What would happen, or happened, to one object. */
export interface ManifestChange {
  kind: string;
  namespace?: string;
  name: string;
  change: 'Created' | 'Configured' | 'Unchanged' | 'Skipped';
}

interface Checked {
  manifest: KubeManifest;
  live?: KubeManifest;
  change: ManifestChange['change'];
}

const toChange = ({ manifest, change }: Checked): ManifestChange => ({
  kind: manifest.kind,
  namespace: manifest.metadata.namespace,
  name: manifest.metadata.name,
  change,
});

// A dry run that changes nothing gives back the stored object; managedFields times are the only noise.
const comparable = (object: KubeManifest): string =>
  JSON.stringify(
    { ...object, metadata: { ...object.metadata, managedFields: undefined } },
    (_key, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : value,
  );

async function check(
  writer: KubeWriter,
  manifest: KubeManifest,
  logger: LoggerService,
): Promise<Checked> {
  try {
    const live = await writer.get(manifest);
    assertOurs(live, manifest);
    const wanted = await writer.apply(manifest, { dryRun: true });
    if (!live) return { manifest, change: 'Created' };
    return {
      manifest,
      live,
      change:
        comparable(live) === comparable(wanted) ? 'Unchanged' : 'Configured',
    };
  } catch (error) {
    const without = OPTIONAL_KINDS.get(manifest.kind);
    if (error instanceof KindNotInstalledError && without) {
      logger.warn(`${error.message}; it is left out: ${without}`);
      return { manifest, change: 'Skipped' };
    }
    throw error;
  }
}

/**
 * Asks the API server what each object would do, without doing it: ownership, schema (strict), quota, admission.
 *
 * @throws the error of the first object that is refused, naming object and field.
 */
export async function validateManifests(
  writer: KubeWriter,
  manifests: readonly KubeManifest[],
  logger: LoggerService,
): Promise<ManifestChange[]> {
  return (await checkAll(writer, manifests, logger)).map(toChange);
}

async function checkAll(
  writer: KubeWriter,
  manifests: readonly KubeManifest[],
  logger: LoggerService,
): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const manifest of inApplyOrder(manifests)) {
    const result = await check(writer, manifest, logger);
    logger.info(
      `${describeManifest(manifest)}: ${result.change.toLowerCase()} (dry run)`,
    );
    checked.push(result);
  }
  return checked;
}

/**
 * Applies all objects or none: everything is tried as a dry run first, and what this run created is taken away again
 * when a later object is refused all the same or the task is cancelled. Objects that existed before stay as the last apply
 * left them.
 */
export async function applyManifests(
  writer: KubeWriter,
  manifests: readonly KubeManifest[],
  logger: LoggerService,
): Promise<ManifestChange[]> {
  const checked = await checkAll(writer, manifests, logger);
  const created: KubeManifest[] = [];
  for (const { manifest, change } of checked) {
    if (change === 'Skipped') continue;
    try {
      await writer.apply(manifest);
    } catch (error) {
      const undo = writer.uncancelled();
      if (change === 'Created' && (await arrived(undo, manifest, error))) {
        created.unshift(manifest);
      }
      await takeBack(undo, created, logger);
      throw error;
    }
    if (change === 'Created') created.unshift(manifest);
    logger.info(`${describeManifest(manifest)}: ${change.toLowerCase()}`);
  }
  return checked.map(toChange);
}

/** After a lost answer the object may be there all the same; after a refusal what is there now is somebody else's. */
async function arrived(
  writer: KubeWriter,
  manifest: KubeManifest,
  error: unknown,
): Promise<boolean> {
  const lost =
    error instanceof Error &&
    (error.name === 'AbortError' ||
      error.name === ServiceUnavailableError.name);
  if (!lost) return false;
  try {
    const live = await writer.get(manifest);
    assertOurs(live, manifest);
    return live !== undefined;
  } catch {
    return false;
  }
}

async function takeBack(
  writer: KubeWriter,
  created: readonly KubeManifest[],
  logger: LoggerService,
): Promise<void> {
  for (const manifest of created) {
    const what = describeManifest(manifest);
    // The refusal is what the person must see; a failed clean-up is told beside it.
    await writer.remove(manifest).then(
      () => logger.warn(`${what}: taken away again`),
      (fault: Error) =>
        logger.error(`${what} is left behind: ${fault.message}`),
    );
  }
}
