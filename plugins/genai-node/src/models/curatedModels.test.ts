import { modelSchema } from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS } from './curatedModels';
import { findModel } from './findModel';

const GIB = 2 ** 30;

describe('CURATED_MODELS', () => {
  it.each(CURATED_MODELS.map(model => [model.id, model] as const))(
    '%s obeys the wire contract and its own arithmetic',
    (_, model) => {
      expect(modelSchema.parse(model)).toEqual(model);
      // MLA has no KV heads to speak of; everywhere else query heads share them evenly.
      expect(model.attentionHeads % model.kvHeads).toBe(0);
      // Between 4 bit and 32 bit a parameter; a row outside has a slip of the pen.
      for (const { weightsBytes } of model.variants) {
        const bits = (weightsBytes * 8) / model.parameterCount;
        expect(bits).toBeGreaterThan(4);
        expect(bits).toBeLessThan(17.5);
      }
    },
  );

  it('has every model once', () => {
    const ids = CURATED_MODELS.map(({ id }) => id.toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(20);
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

  it('marks as gated what the hub gates', () => {
    const gated = CURATED_MODELS.filter(model => model.gated);
    expect(gated.length).toBeGreaterThan(0);
    expect(gated.every(({ id }) => /^(google|meta-llama)\//.test(id))).toBe(
      true,
    );
  });
});

describe('findModel', () => {
  it('finds a model by its id in any case', () => {
    expect(findModel(CURATED_MODELS, 'qwen/QWEN3-8b')?.id).toBe(
      'Qwen/Qwen3-8B',
    );
  });

  it('finds a model by the repository of an edition', () => {
    expect(findModel(CURATED_MODELS, 'Qwen/Qwen3-8B-AWQ')?.id).toBe(
      'Qwen/Qwen3-8B',
    );
  });

  it('finds nothing for a model it does not know', () => {
    expect(findModel(CURATED_MODELS, 'nobody/nothing')).toBeUndefined();
  });
});
