import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  ragPlanRequestSchema,
  type RagPlan,
  type RagServerPlan,
  type StorageChoice,
} from '@promptside/backstage-plugin-genai-common';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import { parseInput } from './parseInput';
import { planChoiceOf } from './planChoice';
import { examples } from './ragPlan.examples';
import { ragParts } from './ragRenderSchema';

/** `genai:rag:plan`: do store, embedding model and language model go together, and are they there? */
export function createRagPlanAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:rag:plan',
    description:
      'Checks whether a RAG service would work: dimensions, chunk lengths and context, the hardware of the embedding server and the language model where they are made, the store and the models that exist; stops the task with the reasons when it would not',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        ...ragParts,
        schedule: z =>
          z.string().optional().describe('Cron with five fields for ingestion'),
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
        llmChoice: z =>
          z
            .any()
            .optional()
            .describe('Hardware of the language model, for genai:rag:render'),
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
      const plan = await access.genai
        .planRag(question, { token, signal: ctx.signal })
        .catch(requestError('The plan was not made'));

      ctx.logger.info(`${plan.verdict}: ${plan.summary}`);
      for (const { severity, message } of plan.reasons) {
        if (severity === 'Info') ctx.logger.info(message);
        else ctx.logger.warn(message);
      }
      const stop = refusal(plan, acceptUnknown);
      if (stop) throw new InputError(stop);

      ctx.output('verdict', plan.verdict);
      ctx.output('summary', plan.summary);
      ctx.output('reasons', plan.reasons);
      const choices = {
        embeddingChoice: choiceOf(plan.embeddingPlan),
        llmChoice: choiceOf(plan.llmPlan, question.llm.storage),
      };
      for (const [name, choice] of Object.entries(choices)) {
        if (choice) ctx.output(name as keyof typeof choices, choice);
      }
    },
  });
}

/** Why the plan stops the task, or undefined when it may go on. A server of which no hardware is known cannot be rendered. */
function refusal(plan: RagPlan, acceptUnknown: boolean): string | undefined {
  const { verdict, reasons, summary, embeddingPlan, llmPlan } = plan;
  const homeless = [embeddingPlan, llmPlan].some(made => made && !made.choice);
  const stops =
    verdict === 'DoesNotFit' ||
    (verdict === 'Unknown' && !acceptUnknown) ||
    homeless;
  if (!stops) return undefined;
  const said = reasons
    .filter(({ severity }) => severity !== 'Info')
    .map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return said.join('\n') || summary;
}

function choiceOf(
  plan: RagServerPlan | undefined,
  storage?: StorageChoice,
): JsonObject | undefined {
  return plan && (planChoiceOf(plan, storage) as unknown as JsonObject);
}
