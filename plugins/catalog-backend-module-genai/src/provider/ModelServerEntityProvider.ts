import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type {
  ClusterStatus,
  ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import { isCovered, isFullyCovered } from './isCovered';
import type { EmittedEntity } from './readEmitted';
import { toEntities, type EntityDefaults } from './toEntities';

/** All model servers, with how well each cluster is known. */
export interface ServersSnapshot {
  items: readonly ModelServer[];
  clusters: readonly ClusterStatus[];
}

/** @internal */
export interface ModelServerEntityProviderOptions {
  readServers(signal?: AbortSignal): Promise<ServersSnapshot>;
  /** What the catalog holds of this provider. */
  readEmitted(): Promise<readonly EmittedEntity[]>;
  defaults: EntityDefaults;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

/** Whether what the catalog has of that place must stay, because nobody knows better. */
type Stays = (place: { cluster: string; kind: string }) => boolean;

/**
 * Emits entities for model servers that no catalog entity claims. A server that is sick, a cluster that is away and a backend
 * that does not answer change nothing: an entity goes when its server is known to be gone, or is claimed by another entity.
 */
export class ModelServerEntityProvider implements EntityProvider {
  readonly #options: ModelServerEntityProviderOptions;
  readonly #logger: LoggerService;
  #connection: EntityProviderConnection | undefined;
  /** The last refresh that began. */
  #running: Promise<void> = Promise.resolve();
  /** The one that begins after it, once somebody asked. */
  #next: Promise<void> | undefined;

  constructor(options: ModelServerEntityProviderOptions) {
    this.#options = options;
    this.#logger = options.logger.child({ target: this.getProviderName() });
  }

  getProviderName(): string {
    return 'genai-model-servers';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.schedule.run({
      id: `${this.getProviderName()}:refresh`,
      fn: signal => this.refresh(signal),
    });
  }

  /**
   * Reads and applies. Never rejects, and never runs twice at a time: all calls while one is under way share the one that
   * follows, because the one under way may have read before the change that they tell of.
   */
  refresh(signal?: AbortSignal): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      this.#running = this.#refresh(signal).catch(error =>
        this.#logger.warn(
          `Entities are kept as they are, model servers could not be read: ${stringifyError(error)}`,
        ),
      );
      return this.#running;
    });
    return this.#next;
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    const { readServers, readEmitted, defaults } = this.#options;
    const { items, clusters } = await readServers(signal);
    const byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
    const entities = new Map<string, Entity>(
      items
        .filter(server => {
          const cluster = byName.get(server.cluster);
          return cluster && isCovered(cluster, server.kind);
        })
        .filter(server => !isClaimed(server))
        .flatMap(server => toEntities(server, defaults))
        .map(entity => [stringifyEntityRef(entity), entity]),
    );
    if (clusters.every(isFullyCovered)) {
      await connection.applyMutation({
        type: 'full',
        entities: defer(entities),
      });
      return;
    }
    // What the catalog has of a place that cannot be read must stay, and only a delta leaves alone what it does not name.
    const emitted = await readEmitted();
    const stays: Stays = ({ cluster, kind }) => {
      const status = byName.get(cluster);
      return status !== undefined && !isCovered(status, kind);
    };
    await connection.applyMutation({
      type: 'delta',
      added: defer(entities),
      removed: gone(emitted, entities, stays).map(entityRef => ({ entityRef })),
    });
  }
}

/** By its own annotation, or by the label with which any entity of the Kubernetes plugin finds its workloads. */
function isClaimed({ entityRef, kubernetesId }: ModelServer): boolean {
  return entityRef !== undefined || kubernetesId !== undefined;
}

/** Refs of what is neither emitted now nor at a place that stays; a model stays as long as something serves it. */
function gone(
  emitted: readonly EmittedEntity[],
  entities: ReadonlyMap<string, Entity>,
  stays: Stays,
): string[] {
  const kept = new Set<string>(entities.keys());
  for (const { entityRef, place, models } of emitted) {
    if (!place || !stays(place)) continue;
    kept.add(entityRef);
    models.forEach(model => kept.add(model));
  }
  return emitted
    .map(({ entityRef }) => entityRef)
    .filter(entityRef => !kept.has(entityRef));
}

function defer(entities: ReadonlyMap<string, Entity>) {
  return [...entities.values()].map(entity => ({
    entity,
    locationKey: 'genai-model-servers',
  }));
}
