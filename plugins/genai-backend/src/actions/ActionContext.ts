import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { GpuPrices } from '@promptside/backstage-plugin-genai-node';
import type { LiveState } from '../live/LiveState';
import type { ModelCatalog } from '../models/ModelCatalog';

/** What every action needs. */
export interface ActionContext {
  actionsRegistry: ActionsRegistryService;
  live: LiveState;
  catalog: ModelCatalog;
  /** The adopter's prices of GPUs; absent: plans tell none. */
  prices?: GpuPrices;
  permissions: PermissionsService;
}

/** Attributes of all of them: they look, and change nothing. */
export const READ_ONLY = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;
