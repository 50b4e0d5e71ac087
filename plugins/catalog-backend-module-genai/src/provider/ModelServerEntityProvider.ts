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
import { isCovered } from './isCovered';
import { toEntities, type EntityDefaults } from './toEntities';

/** All model servers, with how well each cluster is known. */
export interface ServersSnapshot {
  items: readonly ModelServer[];
  clusters: readonly ClusterStatus[];
}

/** @internal */
export interface ModelServerEntityProviderOptions {
  readServers(signal?: AbortSignal): Promise<ServersSnapshot>;
  defaults: EntityDefaults;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
}

type Entities = ReadonlyMap<string, Entity>;

/**
 * Emits entities for model servers that no catalog entity claims. A server that is sick, a cluster that is away and a backend
 * that does not answer change nothing: an entity goes when its server is known to be gone, or names an entity itself.
 */
export class ModelServerEntityProvider implements EntityProvider {
  readonly #options: ModelServerEntityProviderOptions;
  readonly #logger: LoggerService;
  #connection: EntityProviderConnection | undefined;
  /** Last good entities by cluster, since this process started. */
  readonly #known = new Map<string, Entities>();
  #running: Promise<void> | undefined;

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

  /** Reads and applies. Never rejects; a call while another is under way waits for that one. */
  refresh(signal?: AbortSignal): Promise<void> {
    this.#running ??= this.#refresh(signal)
      .catch(error =>
        this.#logger.warn(
          `Entities are kept as they are, model servers could not be read: ${stringifyError(error)}`,
        ),
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    const connection = this.#connection;
    if (!connection) return;
    const { items, clusters } = await this.#options.readServers(signal);
    const before = union(this.#known.values());
    for (const cluster of clusters.filter(isCovered)) {
      this.#known.set(cluster.name, this.#entitiesOf(cluster.name, items));
    }
    const listed = new Set(clusters.map(({ name }) => name));
    for (const name of this.#known.keys()) {
      if (!listed.has(name)) this.#known.delete(name);
    }
    const after = union(this.#known.values());
    if (clusters.every(({ name }) => this.#known.has(name))) {
      await connection.applyMutation({ type: 'full', entities: defer(after) });
      return;
    }
    // Some cluster was not read since this process started. What the catalog has of it from before must stay, and only a
    // delta leaves alone what it does not name.
    const gone = [...before.values()].filter(
      entity => !after.has(stringifyEntityRef(entity)),
    );
    await connection.applyMutation({
      type: 'delta',
      added: defer(after),
      removed: gone.map(entity => ({ entityRef: stringifyEntityRef(entity) })),
    });
  }

  #entitiesOf(cluster: string, items: readonly ModelServer[]): Entities {
    return new Map(
      items
        .filter(
          server =>
            server.cluster === cluster && server.entityRef === undefined,
        )
        .flatMap(server => toEntities(server, this.#options.defaults))
        .map(entity => [stringifyEntityRef(entity), entity]),
    );
  }
}

function union(parts: Iterable<Entities>): Entities {
  return new Map([...parts].flatMap(part => [...part]));
}

function defer(entities: Entities) {
  return [...entities.values()].map(entity => ({
    entity,
    locationKey: 'genai-model-servers',
  }));
}
