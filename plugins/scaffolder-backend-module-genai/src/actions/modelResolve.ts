import { InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  inferencePlanRequestSchema,
  type Model,
  type ModelLookup,
} from '@promptside/backstage-plugin-genai-common';
import { findModel } from '@promptside/backstage-plugin-genai-node';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import { examples } from './modelResolve.examples';
import { parseInput } from './parseInput';

const questionSchema = inferencePlanRequestSchema.pick({ model: true });

/** The facts of a lookup, or why there are none. */
function modelOf(asked: string, lookup: ModelLookup): Model {
  if (lookup.model) return lookup.model;
  const why = lookup.reason ?? 'the Hugging Face hub does not tell its facts';
  if (lookup.state !== 'Gated') throw new InputError(`model: ${asked}: ${why}`);
  throw new NotAllowedError(
    [`model: ${asked} is gated: ${why}`, lookup.licenseStep, lookup.licenseUrl]
      .filter(Boolean)
      .join(' '),
  );
}

/** `genai:model:resolve`: the facts of a model by its id, from the catalog or else from the hub. */
export function createModelResolveAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:model:resolve',
    description:
      'Reads the facts of a model by its Hugging Face id: from the model catalog, else from the hub; changes nothing',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        model: z => z.string().describe('Hugging Face id of the model'),
      },
      output: {
        model: z => z.any().describe('All facts'),
        id: z => z.string().describe('Id as the source writes it'),
        source: z =>
          z
            .enum(['Catalog', 'HuggingFace'])
            .describe('Only models of the catalog can be planned and rendered'),
        task: z => z.string(),
        license: z => z.string(),
        gated: z =>
          z.boolean().describe('The hub asks for an accepted licence'),
        revision: z =>
          z.string().optional().describe('Commit that the facts are of'),
        contextLength: z => z.number().describe('Tokens'),
        parameterCount: z => z.number(),
        quantizations: z =>
          z.array(z.string()).describe('Editions that are known'),
      },
    },
    async handler(ctx) {
      const { model: id } = parseInput(questionSchema, ctx.input);
      const token = await access.genaiToken(
        await ctx.getInitiatorCredentials(),
      );
      const options = { token, signal: ctx.signal };
      const { items } = await access.genai
        .getModels(options)
        .catch(requestError('The models cannot be read'));
      const known = findModel(items, id);
      const model =
        known ??
        modelOf(
          id,
          await access.genai
            .lookupModel({ id }, options)
            .catch(requestError(`model: "${id}" is not in the model catalog`)),
        );
      const source = known ? 'Catalog' : 'HuggingFace';
      ctx.logger.info(
        `${model.title} (${model.license}), from ${model.source}`,
      );

      ctx.output('model', model as unknown as JsonObject);
      ctx.output('id', model.id);
      ctx.output('source', source);
      ctx.output('task', model.task);
      ctx.output('license', model.license);
      ctx.output('gated', model.gated);
      if (model.revision) ctx.output('revision', model.revision);
      ctx.output('contextLength', model.contextLength);
      ctx.output('parameterCount', model.parameterCount);
      ctx.output(
        'quantizations',
        model.variants.map(({ quantization }) => quantization),
      );
    },
  });
}
