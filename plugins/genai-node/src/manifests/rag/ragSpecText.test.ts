import {
  ragSpecSchema,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { buildRagObjects } from './buildRagObjects';
import { parseRagSpec } from './ragSpecText';
import {
  embeddingModelOf,
  llmModelFactsOf,
  OWN_LLM,
  ragSpecOf,
} from './__testUtils__/ragSpecs';

const build = (spec: RagSpec) =>
  buildRagObjects(spec, embeddingModelOf(spec), {
    llmModel: llmModelFactsOf(spec),
  });

describe('the spec of a RAG service', () => {
  const { store, embedding, llm, ingest } = ragSpecOf().spec;

  it.each<[string, Parameters<typeof ragSpecOf>[0], RegExp]>([
    [
      'SQL in the collection',
      { store: { ...store, collection: 'a"; DROP TABLE x; --' } },
      /collection: must be 3 to 48/,
    ],
    [
      'YAML in the name',
      { metadata: { name: 'a: {b' } },
      /name: must be lower-case/,
    ],
    [
      'a name of 45 characters',
      { metadata: { name: 'a'.repeat(45) } },
      /name: must have at most 44/,
    ],
    [
      'a password in an address',
      { llm: { ...llm, url: 'http://me:secret@llm:80/v1' } },
      /llm.url: must be an address/,
    ],
    [
      'a line break in a model',
      { llm: { ...llm, model: 'a\nAPI_KEY=b' } },
      /llm.model: must be one line/,
    ],
    [
      'two addresses of a store',
      { store: { ...store, urlSecret: { name: 'a', key: 'b' } } },
      /store: must have exactly one/,
    ],
    [
      'no address of a store',
      { store: { kind: 'chroma', collection: 'abc' } },
      /store: must have exactly one/,
    ],
    [
      'pgvector by an open address',
      { store: { ...store, kind: 'pgvector' } },
      /store: pgvector is reached by urlSecret/,
    ],
    [
      'Chroma by a Secret',
      {
        store: {
          kind: 'chroma',
          collection: 'abc',
          urlSecret: { name: 'a', key: 'b' },
        },
      },
      /store: pgvector is reached by urlSecret/,
    ],
    [
      'six fields of cron',
      { ingest: { ...ingest, schedule: '0 0 3 * * *' } },
      /schedule: must be a cron/,
    ],
    [
      'a shell in cron',
      { ingest: { ...ingest, schedule: '0 3 * * $(x)' } },
      /schedule: must be a cron/,
    ],
    [
      'a space in a source',
      { ingest: { sources: ['a b'] } },
      /sources.0: must have no spaces/,
    ],
    ['no source', { ingest: { sources: [] } }, /ingest.sources/],
    [
      'the tag latest',
      { image: 'a/b:latest' },
      /image: must not use the tag "latest"/,
    ],
    [
      'no embedding server',
      { embedding: { ...embedding, url: undefined } },
      /embedding: must have either url or create/,
    ],
    [
      'a made server with OpenAI',
      {
        embedding: {
          ...embedding,
          url: undefined,
          api: 'openai',
          create: {
            accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu' },
            size: '1Gi',
          },
        },
      },
      /api of a server that is made/,
    ],
    [
      'a made server of no model id',
      {
        embedding: {
          ...embedding,
          url: undefined,
          model: 'bge',
          create: {
            accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu' },
            size: '1Gi',
          },
        },
      },
      /model must look like/,
    ],
    [
      'a chart',
      {
        delivery: {
          kind: 'FluxHelmRelease',
          repoUrl: 'https://github.com/acme/handbook.git',
        },
      },
      /delivery: a RAG service is a kustomization/,
    ],
    [
      'a password in the address of the repository',
      {
        delivery: {
          kind: 'FluxKustomization',
          repoUrl: 'https://me:secret@github.com/acme/handbook.git',
        },
      },
      /delivery.repoUrl: must not hold a password/,
    ],
    [
      'two language models',
      { llm: { ...OWN_LLM, url: llm.url } },
      /llm: must have either url or create/,
    ],
    [
      'an embedding engine as language model',
      {
        llm: {
          ...OWN_LLM,
          create: {
            ...OWN_LLM.create!,
            engine: { name: 'tei' as 'vllm' },
          },
        },
      },
      /llm.create.engine.name: must be an engine that generates text/,
    ],
    ['a history without place', { history: {} }, /history: must have either/],
  ])('refuses %s', (_, changes, said) => {
    expect(() => build(ragSpecOf(changes))).toThrow(said);
  });

  it('refuses a label that would vanish, and fields that it does not know', () => {
    const labels = JSON.parse('{"__proto__": "x"}');
    const result = ragSpecSchema.safeParse({
      ...ragSpecOf({ monitoring: { labels } }),
      extra: 1,
    });
    expect(result.success).toBe(false);
    expect(() => parseRagSpec('a: [')).toThrow(/rag.yaml: /);
    expect(() => parseRagSpec(`${'a'.repeat(100_001)}`)).toThrow(/characters/);
    expect(() => parseRagSpec('a: &a [*a]\nb: *c')).toThrow(/rag.yaml: /);
  });
});
