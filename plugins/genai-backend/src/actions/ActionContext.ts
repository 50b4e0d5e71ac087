import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { LookupModel } from '../huggingFace/createModelLookup';
import type { LiveState } from '../live/LiveState';
import type { PlanSettings } from '../live/readPlanSettings';
import type { ModelCatalog } from '../models/ModelCatalog';

/** What every action needs. */
export interface ActionContext {
  actionsRegistry: ActionsRegistryService;
  live: LiveState;
  catalog: ModelCatalog;
  planSettings: PlanSettings;
  lookupModel: LookupModel;
  permissions: PermissionsService;
}

/** Attributes of all of them: they look, and change nothing. */
export const READ_ONLY = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;
