import {
  modelSchema,
  type Attention,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  modelFromConfig,
  type PlannedModel,
} from '@promptside/backstage-plugin-genai-node';
import { licenseOf, licenseStepOf, type HubInfo } from './hubInfo';

/** Tasks of the hub that are tasks of the catalog; everything else is what its configuration says. */
const TASKS: Readonly<Record<string, Model['task']>> = {
  'feature-extraction': 'embedding',
  'sentence-similarity': 'embedding',
  'text-ranking': 'rerank',
  'image-text-to-text': 'image-text-to-text',
  'any-to-any': 'image-text-to-text',
  'text-generation': 'text-generation',
};

/** The planner's groups of layers in the words of the catalog; `undefined` where those have no word for it. */
function attentionOf(model: PlannedModel): Attention | undefined {
  const groups = model.cacheLayers ?? [];
  const full = groups.find(({ kind }) => kind === 'full');
  const state = groups.find(({ kind }) => kind === 'state');
  const near = groups.find(({ kind }) => kind === 'window' || kind === 'chunk');
  if (state) {
    if (!full || near || full.replicated) return undefined;
    return {
      type: 'hybrid',
      fullLayers: full.layers,
      ...(state.stateBytes
        ? { stateBytes: state.stateBytes * state.layers }
        : {}),
    };
  }
  // layers that use the cache of another one are in no group
  const cached = (full?.layers ?? 0) + (near?.layers ?? 0);
  if (cached !== model.layers) return undefined;
  if (full?.replicated && !near) {
    const rope = model.rotaryDim ?? 0;
    return {
      type: 'mla',
      kvLoraRank: full.elementsPerHead - rope,
      qkRopeHeadDim: rope,
    };
  }
  if (near?.window === undefined) return { type: 'full' };
  return {
    type: 'sliding',
    slidingLayers: near.layers,
    window: near.window,
    slidingKvHeads: near.kvHeads,
    slidingHeadDim: near.elementsPerHead / 2,
    ...(full
      ? { fullKvHeads: full.kvHeads, fullHeadDim: full.elementsPerHead / 2 }
      : {}),
  };
}

/**
 * A model of the catalog from what the hub has of it, or the sentence that says why there is none.
 */
export function catalogModel(options: {
  info: HubInfo;
  config: unknown;
  weightsBytes: number | undefined;
  baseUrl: string;
}): Model | string {
  const { info, config, weightsBytes, baseUrl } = options;
  if (weightsBytes === undefined) {
    return 'The repository has no safetensors files whose size the hub tells';
  }
  let read: ReturnType<typeof modelFromConfig>;
  try {
    read = modelFromConfig({ config, id: info.id, weightsBytes });
  } catch (error) {
    return `config.json does not tell what a plan needs: ${(error as Error).message}`;
  }
  const { model, variant } = read;
  const attention = attentionOf(model);
  if (!attention) {
    return 'How the layers of this model share their caches cannot be said in the catalog';
  }
  const [provider, name] = info.id.split('/');
  const task = TASKS[info.pipeline_tag ?? ''] ?? model.task;
  const architectures = (config as { architectures?: unknown }).architectures;
  // the hub counts packed integers of quantized weights as one parameter each
  const counted =
    variant.quantization === 'none' ? info.safetensors?.total : undefined;
  const parsed = modelSchema.safeParse({
    ...model,
    title: name.replaceAll('-', ' ').slice(0, 120),
    provider: provider.slice(0, 80),
    task,
    license: licenseOf(info) ?? 'unknown',
    gated: Boolean(info.gated),
    ...(info.gated
      ? {
          licenseUrl: `${baseUrl}/${info.id}`,
          licenseStep: licenseStepOf(info, baseUrl),
        }
      : {}),
    revision: info.sha,
    ...(Array.isArray(architectures) && typeof architectures[0] === 'string'
      ? { architecture: architectures[0].slice(0, 100) }
      : {}),
    parameterCount: counted ?? model.parameterCount,
    attention,
    ...(task === 'embedding' ? { embeddingDimension: model.hiddenSize } : {}),
    variants: [variant],
    source: `${baseUrl}/${info.id}/blob/${info.sha}/config.json`,
  });
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  return `The facts of the repository make no model: ${path.join('.')}: ${message}`;
}
