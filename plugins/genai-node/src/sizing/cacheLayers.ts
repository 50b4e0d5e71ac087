import type { Model } from '@promptside/backstage-plugin-genai-common';
import type { CacheLayers, PlannedModel } from './PlannedModel';

/** What the layers keep of a sequence, those of one kind together: from the configuration, else from the catalog's words. */
export function cacheLayersOf(model: PlannedModel): readonly CacheLayers[] {
  return model.cacheLayers ?? fromCatalog(model);
}

function fromCatalog(model: Model): CacheLayers[] {
  const { attention, layers, kvHeads, headDim } = model;
  const full = {
    kind: 'full' as const,
    layers,
    kvHeads,
    elementsPerHead: 2 * headDim,
  };
  switch (attention.type) {
    case 'mla':
      return [
        {
          ...full,
          kvHeads: 1,
          elementsPerHead: attention.kvLoraRank + attention.qkRopeHeadDim,
          replicated: true,
        },
      ];
    case 'hybrid':
      return [
        { ...full, layers: attention.fullLayers },
        {
          kind: 'state',
          layers: layers - attention.fullLayers,
          kvHeads: 1,
          elementsPerHead: 0,
          stateBytes:
            (attention.stateBytes ?? 0) / (layers - attention.fullLayers),
        },
      ];
    case 'sliding':
      return [
        {
          ...full,
          layers: layers - attention.slidingLayers,
          kvHeads: attention.fullKvHeads ?? kvHeads,
          elementsPerHead: 2 * (attention.fullHeadDim ?? headDim),
        },
        {
          kind: 'window' as const,
          layers: attention.slidingLayers,
          kvHeads: attention.slidingKvHeads ?? kvHeads,
          elementsPerHead: 2 * (attention.slidingHeadDim ?? headDim),
          window: attention.window,
        },
      ].filter(group => group.layers > 0);
    default:
      return [full];
  }
}

/** An engine that keeps windows as if they were whole contexts: the layers as it counts them. */
export function withoutWindows(layers: readonly CacheLayers[]): CacheLayers[] {
  return layers.map(group =>
    group.kind === 'window' || group.kind === 'chunk'
      ? { ...group, kind: 'full', window: undefined }
      : group,
  );
}

/**
 * Bytes that one of these layers keeps of a token on one GPU. Heads are shared out; with more GPUs than heads each GPU keeps
 * one, and a latent cache is kept whole by each.
 */
export function layerTokenBytes(
  { kvHeads, elementsPerHead, replicated }: CacheLayers,
  tensorParallelSize: number,
  elementBytes: number,
): number {
  const heads = replicated
    ? kvHeads
    : Math.max(1, Math.ceil(kvHeads / tensorParallelSize));
  return heads * elementsPerHead * elementBytes;
}
