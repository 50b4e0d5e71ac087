import {
  ragLineageSchema,
  type RagLineage,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { buildRagObjects } from '../../manifests';
import { ragSpecOf } from '../../manifests/rag/__testUtils__/ragSpecs';
import {
  deployment,
  h100Node,
  service,
  type TestObject,
} from '../../testing/objects';
import { observe, type ObserveOptions } from '../../testing/observe';
import type { ProbeReading } from '../../vectorStores';
import { deriveLineage } from '../deriveLineage';

export const NOW = Date.parse('2026-11-02T08:00:00Z');
export const MODEL = 'Qwen/Qwen2.5-7B-Instruct';
export const EMBEDDING = 'BAAI/bge-small-en-v1.5';

export const SPEC = ragSpecOf({
  target: { cluster: 'test', namespace: 'team-a' },
  store: { kind: 'chroma', collection: 'handbook', url: 'http://chroma:8000' },
  embedding: {
    model: EMBEDDING,
    dimension: 384,
    maxTokens: 512,
    api: 'tei',
    url: 'http://bge.team-a.svc:8080',
  },
  llm: {
    url: 'http://qwen.team-a.svc.cluster.local:8000/v1',
    model: MODEL,
    contextTokens: 8192,
  },
});

export const chroma = deployment('chroma', {
  kind: 'StatefulSet',
  image: 'ghcr.io/chroma-core/chroma:1.5.3',
  args: [],
  ports: [{ name: 'http', containerPort: 8000 }],
});
export const tei = deployment('bge', {
  image: 'ghcr.io/huggingface/text-embeddings-inference:cpu-1.9',
  args: ['--model-id', EMBEDDING],
  ports: [{ name: 'http', containerPort: 8080 }],
});
export const qwen = (model = MODEL) =>
  deployment('qwen', {
    args: ['--model', model],
    asks: { 'nvidia.com/gpu': 1 },
  });
export const DOORS = [
  service('chroma', 8000),
  service('bge', 8080),
  service('qwen', 8000),
];

export const written = (spec: RagSpec) =>
  buildRagObjects(spec, undefined) as unknown as TestObject[];

export const reading = (
  collections: ProbeReading['collections'],
): ProbeReading => ({
  checks: [],
  collections,
});

export const FULL = reading([
  { name: 'handbook', dimension: 384, indexState: 'Ready' },
]);

export function lineage(
  options: {
    spec?: RagSpec;
    others?: TestObject[];
    readings?: ProbeReading | 'Silent';
    observed?: ObserveOptions;
  } = {},
): RagLineage {
  const {
    spec = SPEC,
    others = [chroma, tei, qwen(), ...DOORS],
    readings = FULL,
  } = options;
  const item = deriveLineage(
    [
      observe(
        [h100Node('h100'), ...written(spec), ...others],
        options.observed,
      ),
    ],
    { cluster: 'test', namespace: 'team-a', name: 'handbook' },
    {
      now: NOW,
      findProbe: () =>
        readings === 'Silent'
          ? undefined
          : { checkedAt: '2026-11-02T07:59:50.000Z', readings: [readings] },
    },
  );
  return ragLineageSchema.parse(item);
}

export const edge = (item: RagLineage, from: string, to: string) =>
  item.edges.find(found => found.from === from && found.to === to)!;
