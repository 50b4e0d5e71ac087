import type { Model } from '@promptside/backstage-plugin-genai-common';

/**
 * Layers of a model whose cache grows alike.
 *
 * `full` keeps every token, `window` the last `window` tokens, `chunk` the tokens of the current chunk of `window` tokens,
 * `state` nothing of the tokens but a state of fixed size.
 */
export interface CacheLayers {
  kind: 'full' | 'window' | 'chunk' | 'state';
  layers: number;
  /** Heads that are shared out among GPUs. One for a latent cache and for states. */
  kvHeads: number;
  /** Elements a head keeps of a token, keys and values together; 0 for states. */
  elementsPerHead: number;
  /** Kept whole by every GPU (latent attention). */
  replicated?: boolean;
  /** tokens */
  window?: number;
  /** Bytes a layer keeps of a sequence, on all GPUs together; `state` only. */
  stateBytes?: number;
}

/** Parameters of a model by what becomes of them when it is loaded. Counts. */
export interface WeightParts {
  total: number;
  /** Never quantized: token tables, norms, routers, vision towers. */
  kept: number;
  /** Linear layers of experts: what MXFP4 quantizes. */
  experts: number;
  /** Whole on every GPU: norms, routers, the down projections of latent attention. */
  replicated: number;
  /** Key and value projections: shared out by head, and with their heads replicated. */
  keyValue: number;
}

/**
 * A model as the planner needs it. A catalog model is one; what only a configuration file tells is optional, and then the
 * planner has less to go by.
 *
 * @public
 */
export interface PlannedModel extends Model {
  /** `model_type` of the text part. */
  modelType?: string;
  /** Overrides `attention`, `kvHeads` and `headDim`. */
  cacheLayers?: readonly CacheLayers[];
  weightParts?: WeightParts;
  /** Columns of the widest pair of matrices that a token goes through: the gated MLP, or the experts it is sent to. */
  mlpWidth?: number;
  /** Weights that share a scale, and the columns of the matrices that are cut across: a cut must not go through a group. */
  weightGroups?: { size: number; columns: readonly number[] };
  /** Elements of position that a rotary table keeps for each position. */
  rotaryDim?: number;
  /** `false`: how it attends was read from fields alone, since nobody knows the architecture. */
  architectureKnown?: boolean;
}
