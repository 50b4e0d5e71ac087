import { InputError } from '@backstage/errors';
import type { Model, RagSpec } from '@promptside/backstage-plugin-genai-common';
import { buildInferenceObjects } from '../buildInferenceObjects';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { buildVectorStoreObjects } from '../vectorStore';
import { embeddingServerSpec } from './embeddingServer';
import { buildSettings } from './environment';
import { buildHistoryCluster } from './historyCluster';
import { buildIngestion } from './ingestion';
import { llmServerSpec, type RagRenderOptions } from './llmServer';
import { buildRagPolicies } from './networkPolicies';
import { ownStoreSpec } from './ownStore';
import {
  buildRagAccount,
  buildRagBudget,
  buildRagDeployment,
  buildRagMonitor,
  buildRagService,
} from './queryApi';
import { ragLimits } from './ragLimits';
import { checkedRagSpec } from './ragSpecText';

/**
 * Every object of a RAG service, in the order in which they are best applied: what it stands on, the API, the first ingestion.
 *
 * @param model - facts of the embedding model, where the catalog has it
 * @throws InputError that names every field with which it could not work
 * @public
 */
export function buildRagObjects(
  spec: RagSpec,
  model: Model | undefined,
  options: RagRenderOptions = {},
): KubernetesObjectLike[] {
  const checked = checkedRagSpec(spec);
  const embeddings = embeddingServerSpec(checked);
  const wrong = ragLimits(checked.spec, model).filter(
    ({ severity }) => severity === 'Blocking',
  );
  if (wrong.length > 0) {
    const said = wrong.map(({ field, message }) => `spec.${field}: ${message}`);
    throw new InputError(`rag.yaml: ${said.join('; ')}`);
  }
  const store = ownStoreSpec(checked);
  const llm = llmServerSpec(checked);
  const { llmModel, ...shared } = options;
  return [
    ...(store ? buildVectorStoreObjects(store) : []),
    ...buildHistoryCluster(checked),
    ...(embeddings ? buildInferenceObjects(embeddings, model, shared) : []),
    ...(llm ? buildInferenceObjects(llm, llmModel, shared) : []),
    buildRagAccount(checked),
    buildSettings(checked),
    ...buildRagPolicies(checked),
    buildRagService(checked),
    buildRagBudget(checked),
    buildRagDeployment(checked),
    ...buildIngestion(checked),
    ...buildRagMonitor(checked),
  ];
}
