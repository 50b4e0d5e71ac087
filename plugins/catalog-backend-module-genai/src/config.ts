import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { entityRefSchema } from '@promptside/backstage-plugin-genai-common';

/** Settings of the provider, read once at the start. */
export interface CatalogGenaiConfig {
  /** Full entity ref. */
  readonly defaultOwner: string;
  readonly lifecycle: string;
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
}

/** @throws InputError that names the key: a wrong value stops the start. */
export function readCatalogGenaiConfig(root: Config): CatalogGenaiConfig {
  const config = root.getOptionalConfig('genai.catalog');
  const defaultOwner =
    config?.getOptionalString('defaultOwner') ?? 'group:default/unknown';
  if (!entityRefSchema.safeParse(defaultOwner).success) {
    throw new InputError(
      `genai.catalog.defaultOwner must be a full entity ref such as "group:default/platform", not "${defaultOwner}"`,
    );
  }
  const lifecycle = config?.getOptionalString('lifecycle') ?? 'production';
  return { defaultOwner, lifecycle, schedule: readSchedule(config) };
}

function readSchedule(
  config: Config | undefined,
): SchedulerServiceTaskScheduleDefinition {
  if (!config?.has('schedule')) {
    return {
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
      initialDelay: { seconds: 5 },
    };
  }
  try {
    return readSchedulerServiceTaskScheduleDefinitionFromConfig(
      config.getConfig('schedule'),
    );
  } catch (error) {
    throw new InputError(
      `genai.catalog.schedule is not a schedule: ${(error as Error).message}`,
    );
  }
}
