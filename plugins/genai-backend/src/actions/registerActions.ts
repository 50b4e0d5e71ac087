import type { ActionContext } from './ActionContext';
import { registerGetGpuOverview } from './getGpuOverview';
import { registerListModelServers } from './listModelServers';
import { registerPlanInference } from './planInference';

/** Offers the questions that an agent asks as actions: as MCP tools, and as steps of templates. */
export function registerActions(context: ActionContext): void {
  registerGetGpuOverview(context);
  registerListModelServers(context);
  registerPlanInference(context);
}
