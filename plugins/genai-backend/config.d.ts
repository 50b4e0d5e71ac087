import type { HumanDuration } from '@backstage/types';

export interface Config {
  genai?: {
    /** Which clusters of the Kubernetes plugin are watched. Names, addresses and credentials stay in its configuration. */
    clusters?: {
      /** Only these clusters, by name. Default: all. */
      include?: string[];
      /** Never these clusters, by name. */
      exclude?: string[];
      /** How often the Kubernetes plugin is asked for its clusters. Default: one minute. */
      refreshInterval?: HumanDuration | string;
    };
    watch?: {
      /** Objects in one page of a list, 10 to 5000. Default: 1000. */
      pageSize?: number;
      /** Limit for one page of a list. Default: 60 seconds. */
      requestTimeout?: HumanDuration | string;
      /** Silence after which a watch is checked. Default: 100 seconds; bookmarks come about every minute. */
      idleTimeout?: HumanDuration | string;
    };
    /** What GPUs cost, so that plans can tell the price of each way. */
    prices?: {
      /** ISO 4217, e.g. EUR */
      currency: string;
      /**
       * An hour of one GPU, by product as the node label has it (`NVIDIA-L4`) for whole GPUs, or by resource
       * (`nvidia.com/mig-1g.10gb`) for slices and for products that have no price of their own.
       */
      perHour: { [productOrResource: string]: number };
    };
    plan?: {
      /**
       * Refuse namespaces in which no ResourceQuota limits the GPUs. Default: false, and a plan only says that nothing limits
       * them.
       */
      requireQuota?: boolean;
    };
    /** Health of vector stores. */
    vectorStores?: {
      /** Questions to the stores themselves, through the API server's proxy; they only read. */
      probes?: {
        /** Default: true. */
        enabled?: boolean;
        /** How often each store is asked. Default: 30 seconds. */
        interval?: HumanDuration | string;
        /** Limit for all questions to one store. Default: 5 seconds. */
        timeout?: HumanDuration | string;
        /** Stores of one cluster that are asked at the same time, 1 to 64. Default: 4. */
        concurrency?: number;
      };
      /** Fill of volumes from the kubelets; needs `get` on `nodes/proxy`, which can read much more. */
      volumeStats?: {
        /** Default: false. */
        enabled?: boolean;
        /** At least 5 seconds. Default: one minute, which is how often a kubelet measures. */
        interval?: HumanDuration | string;
      };
      /** From where on a number is a fault. */
      thresholds?: {
        /** Fill of a volume, 0 to 1. Default: 0.8. */
        storageWarnRatio?: number;
        /** Fill at which writes are about to fail. Default: 0.95. */
        storageFullRatio?: number;
        /** Days until a volume is full at its pace. Default: 7. */
        daysToFull?: number;
        /** Age of the last backup as a multiple of its schedule's interval. Default: 1.5. */
        backupGraceRatio?: number;
        /** Age of the last backup where there is no schedule. Default: 36 hours. */
        backupMaxAge?: HumanDuration | string;
        /** Default: 2 seconds. */
        slowAnswer?: HumanDuration | string;
        /** Lag of a standby behind its primary. Default: 5 minutes. */
        replicationLag?: HumanDuration | string;
        /** WAL files that wait for their archive. Default: 32. */
        walReadyCount?: number;
        /** Dead rows as a part of all rows of a table with an index over vectors, 0 to 1. Default: 0.3. */
        deadRowRatio?: number;
      };
      /**
       * Secrets for probes of stores that want one, by a name of your choice: Milvus, Qdrant, Weaviate. A credential that can only
       * read is enough. It is sent to that store alone.
       */
      credentials?: {
        [name: string]: {
          /** The vector store it is: cluster, namespace and name as the portal shows them. */
          cluster: string;
          namespace: string;
          store: string;
          /**
           * API key or token; for Milvus `user:password` as well.
           * @visibility secret
           */
          token: string;
          /**
           * Base of the store's API as the portal reaches it, e.g. `http://docs-milvus.team-a.svc:19530`; outside a cluster only by
           * https. Milvus and Weaviate need it, because API servers do not hand their header on. Default: through the API server.
           */
          url?: string;
        };
      };
      /** PostgreSQL stores that are asked by SQL, by a name of your choice. The role needs no more than to log in. */
      sql?: {
        [name: string]: {
          /** The vector store it is: cluster, namespace and name as the portal shows them. */
          cluster: string;
          namespace: string;
          store: string;
          /** As the portal reaches it. */
          host: string;
          /** Default: 5432. */
          port?: number;
          database: string;
          user: string;
          /** @visibility secret */
          password: string;
          /** Default: verify. `off` sends the password in the clear. */
          tls?: 'verify' | 'off';
        };
      };
    };
    /** Questions to running model servers from their pages, for those who have the permission `genai.model-server.try`. */
    tryIt?: {
      /** Default: true. */
      enabled?: boolean;
    };
    /** Lookup of models by id on the Hugging Face hub, for those who have the permission `genai.model.lookup`. */
    huggingFace?: {
      /** Default: true. Switch it off where the portal has no way out. */
      enabled?: boolean;
      /** The hub or a mirror with the same API. Default: https://huggingface.co */
      baseUrl?: string;
      /**
       * Token for gated models. What it may read can then be looked up by everybody who has the permission.
       * @visibility secret
       */
      token?: string;
      /** Limit for one lookup. Default: 15 seconds. */
      requestTimeout?: HumanDuration | string;
      /** How long an answer is kept, 200 at most. Default: 15 minutes. */
      cacheTime?: HumanDuration | string;
    };
    /**
     * Images of serving engines that replace the pinned ones, by engine and device; the golden paths render them. Rows such as
     * `nvidia`, or more exactly `nvidia/8.9`, `amd/gfx942`.
     */
    images?: {
      [engine: string]: {
        [device: string]: string;
      };
    };
    /** Models of your own beside the curated ones; one with the id of a curated model replaces it. */
    models?: {
      /** By a name of your choice. Each has either `file` or `url`. */
      sources?: {
        [name: string]: {
          /** Path of a YAML or JSON file with models, relative to the folder in which the backend is started. */
          file?: string;
          /** Address of such a file; read with the credentials of `integrations`, other hosts need `backend.reading.allow`. */
          url?: string;
        };
      };
      /** How often sources are read again. Default: ten minutes. */
      refreshInterval?: HumanDuration | string;
      /** Limit for reading one source. Default: 30 seconds. */
      requestTimeout?: HumanDuration | string;
    };
  };
}
