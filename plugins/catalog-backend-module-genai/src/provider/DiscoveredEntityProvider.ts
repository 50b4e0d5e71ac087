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
import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import type { Coverage } from './Coverage';
import type { CatalogView, EmittedEntity } from './readCatalog';

/** Something that runs on a cluster. */
export interface Discovered {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
  entityRef?: string;
  kubernetesId?: string;
}

/** All that runs, with how well each cluster is known. */
export interface Snapshot<T> {
  items: readonly T[];
  clusters: readonly ClusterStatus[];
}

/** @internal */
export interface DiscoveredEntityProviderOptions<T extends Discovered> {
  name: string;
  read(signal?: AbortSignal): Promise<Snapshot<T>>;
  readCatalog(): Promise<CatalogView>;
  /** Entities of one thing; `emitted` is what the catalog holds of all. */
  toEntities(item: T, emitted: readonly EmittedEntity[]): Entity[];
  coverage: Coverage;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

/** Whether what the catalog has of that place must stay, because nobody knows better. */
type Stays = (place: { cluster: string; kind: string }) => boolean;

/**
 * Emits entities for what runs and no catalog entity claims. A thing that is sick, a cluster that is away and a backend that does
 * not answer change nothing: an entity goes when its thing is known to be gone, or is claimed by another entity.
 */
export class DiscoveredEntityProvider<
  T extends Discovered,
> implements EntityProvider {
  readonly #options: DiscoveredEntityProviderOptions<T>;
  readonly #logger: LoggerService;
  #connection: EntityProviderConnection | undefined;
  /** The last refresh that began. */
  #running: Promise<void> = Promise.resolve();
  /** The one that begins after it, once somebody asked. */
  #next: Promise<void> | undefined;

  constructor(options: DiscoveredEntityProviderOptions<T>) {
    this.#options = options;
    this.#logger = options.logger.child({ target: this.getProviderName() });
  }

  getProviderName(): string {
    return this.#options.name;
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
          `Entities are kept as they are, what runs could not be read: ${stringifyError(error)}`,
        ),
      );
      return this.#running;
    });
    return this.#next;
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    const { read, readCatalog, toEntities, coverage } = this.#options;
    const { items, clusters } = await read(signal);
    const { emitted, isRegistered } = await readCatalog();
    const byName = new Map(clusters.map(cluster => [cluster.name, cluster]));
    const ours = items
      .filter(item => {
        const cluster = byName.get(item.cluster);
        return cluster && coverage.isCovered(cluster, item.kind);
      })
      .filter(item => !isClaimed(item) && !isRegistered(item));
    const entities = new Map<string, Entity>(
      ours
        .flatMap(item => toEntities(item, emitted))
        .map(entity => [stringifyEntityRef(entity), entity]),
    );
    if (clusters.every(coverage.isFullyCovered)) {
      await connection.applyMutation({
        type: 'full',
        entities: this.#defer(entities),
      });
      return;
    }
    // What the catalog has of a place that cannot be read must stay, and only a delta leaves alone what it does not name.
    const stays: Stays = ({ cluster, kind }) => {
      const status = byName.get(cluster);
      return status !== undefined && !coverage.isCovered(status, kind);
    };
    await connection.applyMutation({
      type: 'delta',
      added: this.#defer(entities),
      removed: gone(emitted, entities, stays).map(entityRef => ({ entityRef })),
    });
  }

  #defer(entities: ReadonlyMap<string, Entity>) {
    const locationKey = this.getProviderName();
    return [...entities.values()].map(entity => ({ entity, locationKey }));
  }
}

/** By its own annotation, or by the label with which any entity of the Kubernetes plugin finds its workloads. */
function isClaimed({ entityRef, kubernetesId }: Discovered): boolean {
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
