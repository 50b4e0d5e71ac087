import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  inferencePlanRequestSchema,
  ragPlanRequestSchema,
  type InferencePlan,
  type RagPlanRequest,
  type StoreCollection,
  type VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { findModel, planRag } from '@promptside/backstage-plugin-genai-node';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import { parseInput } from './parseInput';
import { planChoiceOf } from './planChoice';
import { examples } from './ragPlan.examples';
import { ragParts } from './ragRenderSchema';

/** Pages of a list are asked for as large as they may be; more stores or servers than that are not looked through. */
const LIMIT = 500;

/** `genai:rag:plan`: do store, embedding model and language model go together, and are they there? */
export function createRagPlanAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:rag:plan',
    description:
      "Checks whether a RAG service would work: dimensions, chunk lengths and context, the embedding server's hardware where one is made, the store and the models that exist; stops the task with the reasons when it would not",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...ragParts,
        acceptUnknown: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Go on when something that the service stands on cannot be seen; default true, because it may come later',
            ),
      },
      output: {
        verdict: z => z.enum(['Fits', 'Tight', 'DoesNotFit', 'Unknown']),
        summary: z => z.string(),
        reasons: z => z.array(z.any()),
        embeddingChoice: z =>
          z
            .any()
            .optional()
            .describe('Hardware of the embedding server, for genai:rag:render'),
      },
    },
    async handler(ctx) {
      const { acceptUnknown = true, form, ...parts } = ctx.input;
      const question = parseInput(ragPlanRequestSchema, {
        ...form,
        ...parts,
      });
      const token = await access.genaiToken(
        await ctx.getInitiatorCredentials(),
      );
      const options = { token, signal: ctx.signal };
      const { genai } = access;
      const { cluster, namespace } = question.target;
      const { items: models } = await genai
        .getModels(options)
        .catch(requestError('The models cannot be read'));
      // Whoever may not see the clusters gets the verdict Unknown instead of an error.
      const [namespaces, stores, servers] = await Promise.all([
        genai.getNamespaces({ cluster }, options).catch(() => undefined),
        genai
          .getVectorStores({ cluster, limit: LIMIT }, options)
          .catch(() => undefined),
        genai
          .getModelServers({ cluster, limit: LIMIT }, options)
          .catch(() => undefined),
      ]);
      const embeddingPlan = question.embedding.create
        ? await genai
            .planInference(
              parseInput(inferencePlanRequestSchema, {
                model: question.embedding.model,
                engine: 'tei',
                cluster,
                namespace,
                contextLength: question.embedding.maxTokens,
              }),
              options,
            )
            .catch(requestError('The embedding server was not planned'))
        : undefined;
      const plan = planRag(question, {
        model: findModel(models, question.embedding.model),
        namespaces: namespaces?.items.map(({ name }) => name),
        stores: stores?.items,
        collections: await collectionsOf(question, stores?.items ?? [], ref =>
          genai.getVectorStore(ref, options),
        ),
        servers: servers?.items,
        embeddingPlan,
      });

      ctx.logger.info(`${plan.verdict}: ${plan.summary}`);
      for (const { severity, message } of plan.reasons) {
        if (severity === 'Info') ctx.logger.info(message);
        else ctx.logger.warn(message);
      }
      if (
        plan.verdict === 'DoesNotFit' ||
        (plan.verdict === 'Unknown' && !acceptUnknown)
      ) {
        throw new InputError(
          plan.reasons
            .filter(({ severity }) => severity !== 'Info')
            .map(({ field, message }) =>
              field ? `${field}: ${message}` : message,
            )
            .join('\n') || plan.summary,
        );
      }
      ctx.output('verdict', plan.verdict);
      ctx.output('summary', plan.summary);
      ctx.output('reasons', plan.reasons);
      const choice = embeddingChoiceOf(embeddingPlan);
      if (choice) ctx.output('embeddingChoice', choice);
    },
  });
}

/** Collections of the store at the address; undefined where it is not found or cannot be asked. */
async function collectionsOf(
  { store }: RagPlanRequest,
  stores: readonly VectorStore[],
  read: (ref: VectorStore) => Promise<{
    health: { collections: StoreCollection[] };
  }>,
): Promise<StoreCollection[] | undefined> {
  const host =
    store.url && URL.canParse(store.url)
      ? new URL(store.url).hostname
      : undefined;
  const live = stores.find(
    ({ endpoint }) =>
      host && endpoint?.replace(/^[a-z]+:\/\//, '').split(':')[0] === host,
  );
  if (!live) return undefined;
  const detail = await read(live).catch(() => undefined);
  return detail?.health.collections;
}

function embeddingChoiceOf(
  plan: InferencePlan | undefined,
): JsonObject | undefined {
  return plan && (planChoiceOf(plan) as unknown as JsonObject | undefined);
}
