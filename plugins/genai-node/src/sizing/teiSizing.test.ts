import { CURATED_MODELS, findModel } from '../models';
import { teiBatchTokens } from '../servingRuntimes/tei/overhead';
import { A100, L4, T4 } from './__fixtures__/gpuNodes';
import { codes, plan } from './__fixtures__/plan';
import { planLine } from './planLine';
import { sizeReplica } from './sizeReplica';

const GIB = 2 ** 30;
const BGE_M3 = 'BAAI/bge-m3';
const E5_MISTRAL = 'intfloat/e5-mistral-7b-instruct';

const model = (id: string) => findModel(CURATED_MODELS, id)!;

const embeddingModels = CURATED_MODELS.filter(
  ({ task }) => task === 'embedding',
);

function sizeOn(
  id: string,
  { contextLength = 512, architecture = 'sm_89', gib = 22 } = {},
) {
  return sizeReplica({
    model: model(id),
    variant: model(id).variants[0],
    engine: 'tei',
    device: { memoryBytes: gib * GIB, architecture },
    tensorParallelSize: 1,
    contextLength,
    kvCacheDtype: 'auto',
  });
}

const taken = (size: ReturnType<typeof sizeOn>) =>
  (size.weightsBytesPerGpu + size.overheadBytesPerGpu) / GIB;

describe('the memory of TEI', () => {
  it('has no KV cache: what is not there is not told as a pool', () => {
    const size = sizeOn(BGE_M3);
    expect(size.kvBytesPerToken).toBe(0);
    expect(size.kvBytesAtContext).toBe(0);
    expect(size).not.toHaveProperty('kvPoolTokens');
    expect(size).not.toHaveProperty('maxConcurrencyRatio');
  });

  it('is that of weights in 16 bit, although the files are in 32', () => {
    expect(sizeOn(BGE_M3).weightsBytesPerGpu / GIB).toBeCloseTo(1.07, 1);
  });

  // A figure of practice for batches of 16,384 tokens: models of up to 600 million parameters take less than 2 GiB.
  it.each(
    embeddingModels
      .filter(({ parameterCount }) => parameterCount <= 6e8)
      .map(({ id }) => [id]),
  )('stays below 2.5 GiB for %s', id => {
    expect(taken(sizeOn(id))).toBeLessThan(2.5);
  });

  // Likewise: embedding models of 7 billion parameters need a GPU of 16 to 24 GB.
  it('of a model of 7 billion parameters fits an L4 and not a T4', () => {
    const size = sizeOn(E5_MISTRAL);
    expect(taken(size)).toBeGreaterThan(14.6);
    expect(taken(size)).toBeLessThan(22);
  });

  it('depends on the batch and not on the number of texts that wait', () => {
    const short = sizeOn(BGE_M3, { contextLength: 128 });
    const long = sizeOn(BGE_M3, { contextLength: 8192 });
    expect(short.overheadBytesPerGpu).toBe(long.overheadBytesPerGpu);
    expect(teiBatchTokens(8192)).toBe(16_384);
    expect(teiBatchTokens(32_768)).toBe(32_768);
  });

  it('grows with the length of texts where there is no flash attention', () => {
    const on = (architecture: string, contextLength: number) =>
      sizeOn(BGE_M3, { architecture, contextLength }).overheadBytesPerGpu;
    expect(on('sm_75', 512)).toBeGreaterThan(on('sm_80', 512));
    // 16 heads x 16,384 tokens x 8,192 x 2 bytes, before and after the softmax
    expect((on('sm_75', 8192) - on('sm_80', 8192)) / GIB).toBeCloseTo(8, 5);
    expect(on('Xe-HPC', 512)).toBe(on('sm_80', 512));
  });

  it('takes no share of the device: TEI has no such setting', () => {
    const size = sizeReplica({
      model: model(BGE_M3),
      variant: model(BGE_M3).variants[0],
      engine: 'tei',
      device: { memoryBytes: 22 * GIB },
      tensorParallelSize: 1,
      contextLength: 512,
      kvCacheDtype: 'auto',
      gpuMemoryUtilization: 0.5,
    });
    expect(size.budgetBytesPerGpu).toBe(22 * GIB);
  });

  it('tells the longest text whose batch fits', () => {
    expect(sizeOn(BGE_M3).longestContext).toBe(8192);
    expect(sizeOn(E5_MISTRAL, { gib: 16.5 }).longestContext).toBe(512);
    expect(sizeOn(E5_MISTRAL, { gib: 8 }).longestContext).toBe(0);
  });
});

describe('a plan for TEI', () => {
  it('fits a small model on one GPU, and says nothing of a KV cache', () => {
    const answer = plan({ model: BGE_M3, engine: 'tei' }, [L4]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice).toMatchObject({ gpuCount: 1, contextLength: 8192 });
    expect(JSON.stringify(answer)).not.toMatch(/KV cache|sequence/);
  });

  it('refuses a model that is too large, in numbers', () => {
    const answer = plan({ model: E5_MISTRAL, engine: 'tei' }, [T4]);
    expect(answer.verdict).toBe('DoesNotFit');
    expect(codes(answer.reasons)).toContain('InsufficientGpuMemory');
    expect(answer.summary).toMatch(/13\.\d GiB for weights/);
  });

  it('is tight within the error of the estimate', () => {
    const bytes = 1.2 * GIB + sizeOn(BGE_M3).overheadBytesPerGpu;
    const small = {
      ...L4,
      pools: [{ ...L4.pools[0], memoryBytes: bytes }],
    };
    const answer = plan({ model: BGE_M3, engine: 'tei' }, [small]);
    expect(answer.verdict).toBe('Tight');
    expect(answer.reasons[0].code).toBe('NarrowMargin');
    expect(answer.summary).toMatch(/a batch of texts of 8,192 tokens/);
  });

  it('cuts what is longer than the model reads, as TEI does', () => {
    const answer = plan(
      { model: 'BAAI/bge-small-en-v1.5', engine: 'tei', contextLength: 8192 },
      [L4],
    );
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice?.contextLength).toBe(512);
  });

  it('refuses a second GPU, which TEI would leave idle', () => {
    const answer = plan({ model: BGE_M3, engine: 'tei', gpuCount: 2 }, [A100]);
    expect(answer.reasons[0].code).toBe('SingleGpu');
  });

  it('is answered on the command line as well', () => {
    const line = planLine(
      JSON.stringify({ model: BGE_M3, gpu: 'L4', engine: 'tei' }),
      CURATED_MODELS,
    );
    expect(line).toMatchObject({
      verdict: 'Fits',
      kvBytesPerToken: 0,
      kvBytesAtContext: 0,
      longestContext: 8192,
    });
    expect(JSON.stringify(line)).not.toContain('kvPoolTokens');
  });
});
