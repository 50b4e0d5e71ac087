import { modelSchema } from '@promptside/backstage-plugin-genai-common';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { countParameters } from './countParameters';
import { CURATED_MODELS } from './curatedModels';
import { findModel } from './findModel';
import { inconsistenciesOf } from './inconsistenciesOf';
import { parseModelFile } from './parseModelFile';

const FOLDER = path.resolve(__dirname, '../../models');
const GENERATED = path.resolve(__dirname, 'curated/models.json');
const GIB = 2 ** 30;

const byTask = (task: string) =>
  CURATED_MODELS.filter(model => model.task === task);

describe('models/*.yaml', () => {
  it('have no fault and equal src/models/curated/models.json (rewrite it with UPDATE_MODELS=1)', async () => {
    const files = (await fs.readdir(FOLDER)).sort();
    const read = await Promise.all(
      files.map(async file => ({
        file,
        ...parseModelFile(await fs.readFile(path.join(FOLDER, file), 'utf8')),
      })),
    );
    expect(read.filter(({ faults }) => faults.length > 0)).toEqual([]);
    const models = read.flatMap(file => file.models);
    if (process.env.UPDATE_MODELS) {
      await fs.writeFile(GENERATED, `${JSON.stringify(models, null, 2)}\n`);
    }
    expect(JSON.parse(await fs.readFile(GENERATED, 'utf8'))).toEqual(models);
  });
});

describe('CURATED_MODELS', () => {
  it.each(CURATED_MODELS.map(model => [model.id, model] as const))(
    '%s obeys the wire contract and its own arithmetic',
    (_, model) => {
      expect(modelSchema.parse(model)).toEqual(model);
      expect(inconsistenciesOf(model)).toEqual([]);
    },
  );

  it('has at least 60 models for text, 12 for embeddings, each once', () => {
    expect(byTask('text-generation').length).toBeGreaterThanOrEqual(60);
    expect(byTask('embedding').length).toBeGreaterThanOrEqual(12);
    const ids = CURATED_MODELS.map(({ id }) => id.toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    'google/gemma-2-',
    'google/gemma-3-',
    'google/gemma-4-',
    'meta-llama/Llama-2-',
    'meta-llama/Meta-Llama-3-',
    'meta-llama/Llama-3.1-',
    'meta-llama/Llama-3.2-',
    'meta-llama/Llama-3.3-',
  ])('has the family %s', family => {
    const found = CURATED_MODELS.filter(({ id }) => id.startsWith(family));
    expect(found).not.toEqual([]);
  });

  it('computes the parameters of all but the few whose architecture is not described', () => {
    const without = CURATED_MODELS.filter(
      model => countParameters(model) === undefined,
    );
    expect(without.map(({ id }) => id)).toEqual([
      'mistralai/Ministral-3-8B-Instruct-2512',
      'ibm-granite/granite-4.1-8b',
      'Qwen/Qwen3.6-27B',
    ]);
  });

  // Counts that others publish: keras-hub's presets at 71453d08 and model cards. None of them is where the file has its from.
  it.each([
    ['google/gemma-2-9b-it', 9_241_705_984],
    ['google/gemma-3-4b-it', 4_300_079_472],
    ['google/gemma-3-12b-it', 12_187_079_280],
    ['google/gemma-3-27b-it', 27_432_406_640],
    ['meta-llama/Llama-2-7b-chat-hf', 6_738_415_616],
    ['meta-llama/Llama-3.1-8B-Instruct', 8_030_261_248],
    ['mistralai/Mistral-7B-Instruct-v0.3', 7_248_023_552],
    ['mistralai/Mixtral-8x7B-Instruct-v0.1', 46_702_792_704],
    ['Qwen/Qwen2.5-72B-Instruct', 72_706_203_648],
    ['Qwen/Qwen3-32B', 32_762_123_264],
    ['Qwen/Qwen3-235B-A22B', 235_093_634_560],
    ['microsoft/Phi-3-mini-4k-instruct', 3_821_079_552],
    ['openai/gpt-oss-20b', 20.9e9],
    ['openai/gpt-oss-120b', 116.8e9],
    ['deepseek-ai/DeepSeek-V3-0324', 671e9],
  ])('counts the parameters of %s as others do', (id, published) => {
    const { parameterCount } = findModel(CURATED_MODELS, id)!;
    expect(Math.abs(parameterCount / published - 1)).toBeLessThan(0.002);
  });

  // Sums of safetensors files: KAITO's catalog at 056b8280, in GiB with two decimals.
  it.each([
    ['microsoft/phi-4', 27.31],
    ['microsoft/Phi-4-mini-instruct', 7.15],
    ['Qwen/Qwen2.5-Coder-32B-Instruct', 61.03],
    ['meta-llama/Llama-3.3-70B-Instruct', 131.42],
    ['mistralai/Mistral-7B-Instruct-v0.3', 13.5],
    ['deepseek-ai/DeepSeek-R1-Distill-Qwen-14B', 27.51],
    ['google/gemma-4-31B-it', 58.25],
  ])('has the weights of %s as they lie on the hub', (id, gib) => {
    const [{ weightsBytes }] = findModel(CURATED_MODELS, id)!.variants;
    expect(weightsBytes / GIB).toBeCloseTo(gib, 1);
  });

  it('derives the size of quantized editions close to those that are published', () => {
    const size = (id: string, quantization: string) =>
      findModel(CURATED_MODELS, id)!.variants.find(
        variant => variant.quantization === quantization,
      )!.weightsBytes / GIB;
    // 67.7 GiB: half of all linear layers, the two token tables as they were.
    expect(size('meta-llama/Llama-3.3-70B-Instruct', 'fp8')).toBeCloseTo(
      67.7,
      1,
    );
    expect(size('Qwen/Qwen3-14B', 'awq')).toBeLessThan(
      size('Qwen/Qwen3-14B', 'fp8'),
    );
  });

  it('marks as gated what the hub gates, with the step to take', () => {
    const gated = CURATED_MODELS.filter(model => model.gated);
    const wanted = CURATED_MODELS.filter(
      ({ id }) =>
        id.startsWith('meta-llama/') ||
        /^google\/(gemma-[23]-|embeddinggemma)/.test(id),
    );
    expect(gated).toEqual(wanted);
    for (const { id, licenseUrl, licenseStep } of gated) {
      expect(licenseUrl).toBe(`https://huggingface.co/${id}`);
      expect(licenseStep).toContain(id);
    }
  });
});
