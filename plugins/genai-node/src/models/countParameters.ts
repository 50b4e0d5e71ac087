import type { Model } from '@promptside/backstage-plugin-genai-common';

/** Encoders of BERT's family: two matrices in the feed forward instead of three, and a learned table of positions. */
const BERT_LIKE = /^(Bert|Roberta|XLMRoberta|MPNet)/;

/** Rows of that table when the text is short; XLM-RoBERTa counts on from the padding index, which changes nothing here. */
const MIN_POSITIONS = 512;

/** Projections of one attention layer with the given shape. */
function projections(
  { hiddenSize, attentionHeads }: Model,
  kvHeads: number,
  headDim: number,
): number {
  return hiddenSize * headDim * 2 * (attentionHeads + kvHeads);
}

/** All attention layers; `undefined` where the facts do not tell. */
function attentionParameters(model: Model): number | undefined {
  const { attention, layers, hiddenSize, attentionHeads } = model;
  switch (attention.type) {
    case 'hybrid':
      // the layers without a KV cache are of many kinds, and the catalog does not describe them
      return undefined;
    case 'mla': {
      const { kvLoraRank, qkRopeHeadDim } = attention;
      const { qLoraRank, qkNopeHeadDim, vHeadDim } = attention;
      if (!qLoraRank || !qkNopeHeadDim || !vHeadDim) return undefined;
      const query =
        qLoraRank *
        (hiddenSize + attentionHeads * (qkNopeHeadDim + qkRopeHeadDim));
      const latent =
        hiddenSize * (kvLoraRank + qkRopeHeadDim) +
        kvLoraRank * attentionHeads * (qkNopeHeadDim + vHeadDim);
      const output = attentionHeads * vHeadDim * hiddenSize;
      return layers * (query + latent + output);
    }
    case 'sliding': {
      const { slidingLayers, slidingKvHeads, slidingHeadDim } = attention;
      const { fullKvHeads, fullHeadDim } = attention;
      const { kvHeads, headDim } = model;
      return (
        slidingLayers *
          projections(
            model,
            slidingKvHeads ?? kvHeads,
            slidingHeadDim ?? headDim,
          ) +
        (layers - slidingLayers) *
          projections(model, fullKvHeads ?? kvHeads, fullHeadDim ?? headDim)
      );
    }
    default:
      return layers * projections(model, model.kvHeads, model.headDim);
  }
}

/** All feed forward layers; `undefined` where the facts do not tell. */
function feedForwardParameters(model: Model): number | undefined {
  const { layers, hiddenSize, intermediateSize, experts } = model;
  const matrices = BERT_LIKE.test(model.architecture ?? '') ? 2 : 3;
  const denseLayers = experts ? (experts.denseLayers ?? 0) : layers;
  if (denseLayers > 0 && intermediateSize === undefined) return undefined;
  const dense = denseLayers * matrices * hiddenSize * (intermediateSize ?? 0);
  if (!experts) return dense;
  const widths =
    experts.count * experts.intermediateSize +
    (experts.sharedIntermediateSize ?? 0);
  const router = hiddenSize * experts.count;
  return dense + (layers - denseLayers) * (3 * hiddenSize * widths + router);
}

function tableParameters(model: Model): number | undefined {
  const { hiddenSize, vocabularySize } = model;
  if (vocabularySize === undefined) return undefined;
  if (BERT_LIKE.test(model.architecture ?? '')) {
    const positions = Math.max(MIN_POSITIONS, model.contextLength);
    return (vocabularySize + positions) * hiddenSize;
  }
  // a model that gives vectors has no table on its way out
  const tables = model.tiedEmbeddings || model.task === 'embedding' ? 1 : 2;
  return tables * vocabularySize * hiddenSize;
}

/**
 * Parameters that follow from a model's architecture, without biases and norms, so within 3 % of the true count.
 * `undefined` when a fact is missing. Formulas: docs/sizing.md.
 *
 * @public
 */
export function countParameters(model: Model): number | undefined {
  const attention = attentionParameters(model);
  const feedForward = feedForwardParameters(model);
  const tables = tableParameters(model);
  if (
    attention === undefined ||
    feedForward === undefined ||
    tables === undefined
  ) {
    return undefined;
  }
  return attention + feedForward + tables + (model.otherParameterCount ?? 0);
}
