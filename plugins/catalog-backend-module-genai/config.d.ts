import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  genai?: {
    /** Entities for model servers that no catalog entity claims. */
    catalog?: {
      /**
       * Owner of a server whose workload and namespace name none; a full entity ref.
       * Default: group:default/unknown
       */
      defaultOwner?: string;
      /** Lifecycle of the entities. Default: production */
      lifecycle?: string;
      /** How often model servers are read; changes are also read when they happen. Default: every minute. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
