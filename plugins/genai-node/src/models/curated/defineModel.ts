import type {
  Attention,
  Model,
  ModelVariant,
} from '@promptside/backstage-plugin-genai-common';

const GIB = 2 ** 30;

/** One row of the tables beside this file, in the units that sources print. */
export interface ModelRow {
  id: string;
  title: string;
  provider: string;
  license: string;
  gated?: boolean;
  task?: Model['task'];
  /** Thousand millions. */
  parametersB: number;
  activeParametersB?: number;
  layers: number;
  hiddenSize: number;
  attentionHeads: number;
  kvHeads: number;
  headDim: number;
  attention?: Attention;
  contextLength: number;
  vocabularySize?: number;
  dtype?: Model['dtype'];
  /** Safetensors that an engine loads, GiB. */
  weightsGib: number;
  /** Quantized editions in repositories of their own. */
  editions?: readonly ModelVariant[];
  embeddingDimension?: number;
  source: string;
}

/** Figures of a catalog row as a model. The first variant is the original. */
export function defineModel(row: ModelRow): Model {
  const { dtype = 'bfloat16' } = row;
  return {
    id: row.id,
    title: row.title,
    provider: row.provider,
    task: row.task ?? 'text-generation',
    license: row.license,
    gated: row.gated ?? false,
    parameterCount: Math.round(row.parametersB * 1e9),
    ...(row.activeParametersB === undefined
      ? {}
      : { activeParameterCount: Math.round(row.activeParametersB * 1e9) }),
    layers: row.layers,
    hiddenSize: row.hiddenSize,
    attentionHeads: row.attentionHeads,
    kvHeads: row.kvHeads,
    headDim: row.headDim,
    attention: row.attention ?? { type: 'full' },
    contextLength: row.contextLength,
    dtype,
    ...(row.vocabularySize === undefined
      ? {}
      : { vocabularySize: row.vocabularySize }),
    ...(row.embeddingDimension === undefined
      ? {}
      : { embeddingDimension: row.embeddingDimension }),
    variants: [
      {
        quantization: dtype === 'fp8' || dtype === 'mxfp4' ? dtype : 'none',
        weightsBytes: Math.round(row.weightsGib * GIB),
      },
      ...(row.editions ?? []),
    ],
    source: row.source,
  };
}

/** What decides the size of a quantized edition: the tables for tokens stay in 16 bit, all else shrinks. */
interface EditionRow {
  repository: string;
  parametersB: number;
  vocabularySize: number;
  hiddenSize: number;
  /** Input and output table are one. */
  tiedEmbeddings?: boolean;
}

function editionBytes(row: EditionRow, bytesPerParameter: number): number {
  const tables = row.tiedEmbeddings ? 1 : 2;
  const kept = tables * row.vocabularySize * row.hiddenSize;
  return Math.round(
    (row.parametersB * 1e9 - kept) * bytesPerParameter + kept * 2,
  );
}

/** An FP8 edition: one byte a parameter. */
export function fp8Edition(row: EditionRow): ModelVariant {
  return {
    quantization: 'fp8',
    repository: row.repository,
    weightsBytes: editionBytes(row, 1),
  };
}

/** A 4-bit AWQ edition with groups of 128: half a byte, and 2.5 bytes of scale and zero point a group. */
export function awqEdition(row: EditionRow): ModelVariant {
  return {
    quantization: 'awq',
    repository: row.repository,
    weightsBytes: editionBytes(row, 0.5 + 2.5 / 128),
  };
}
