import { buildRagObjects } from './buildRagObjects';
import { ragLimits } from './ragLimits';
import { ragSpecOf } from './__testUtils__/ragSpecs';

describe('rendering a RAG service', () => {
  it('refuses what the plan refuses, led by the field', () => {
    const spec = ragSpecOf({ retrieval: { chunkTokens: 600 } });
    expect(() => buildRagObjects(spec, undefined)).toThrow(
      /rag.yaml: spec.retrieval.chunkTokens: chunks of 600/,
    );
  });

  it('refuses more dimensions than Milvus keeps', () => {
    const { spec } = ragSpecOf();
    const [reason] = ragLimits(
      {
        ...spec,
        store: { kind: 'milvus' },
        embedding: { ...spec.embedding, dimension: 40_000 },
      },
      undefined,
    );
    expect(reason).toMatchObject({ code: 'DimensionNotIndexable' });
  });
});
