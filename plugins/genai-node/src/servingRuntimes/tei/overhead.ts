const GIB = 2 ** 30;

/** Tokens a batch holds unless one text alone is longer; TEI's own default. */
const MAX_BATCH_TOKENS = 16_384;

/** CUDA context, libraries and what their allocator holds back. As for llama.cpp's, an estimate. */
const CONTEXT_BYTES = 0.5 * GIB;

/** The model as far as the memory of a batch depends on it. */
export interface TeiModel {
  hiddenSize: number;
  attentionHeads: number;
  /** Columns of the MLP; absent: 4 x hidden, as BERT has it. */
  mlpWidth?: number;
}

/** What the golden path passes as `--max-batch-tokens`: a text longer than that would be refused. */
export function teiBatchTokens(contextLength: number): number {
  return Math.max(MAX_BATCH_TOKENS, contextLength);
}

/**
 * Flash attention is built for compute capability 8.0 and later; the image for Turing leaves it out by default. What other
 * vendors' kernels do is taken as the same.
 *
 * @param architecture - `sm_75`, `gfx942`, `Xe-HPC`; absent where the product is not known
 */
function hasFlashAttention(architecture: string | undefined): boolean {
  const [, capability] = /^sm_(\d+)$/.exec(architecture ?? '') ?? [];
  return capability === undefined || Number(capability) >= 80;
}

/**
 * What TEI takes on its GPU besides weights: one batch on its way through the model. There is no KV cache. Without flash
 * attention the scores of every head are laid out for the whole length of a text, twice: before and after the softmax. Bytes.
 *
 * @param contextLength - longest text, tokens
 */
export function teiOverheadBytes(
  { hiddenSize, attentionHeads, mlpWidth = 4 * hiddenSize }: TeiModel,
  contextLength: number,
  architecture: string | undefined,
): number {
  const tokens = teiBatchTokens(contextLength);
  const forward = tokens * 2 * (3 * mlpWidth + 4 * hiddenSize);
  const scores = hasFlashAttention(architecture)
    ? 0
    : tokens * attentionHeads * contextLength * 2 * 2;
  return CONTEXT_BYTES + forward + scores;
}
