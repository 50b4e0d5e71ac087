import { KubeObject, StoreEvent } from '../store/ObjectStore';
import { Ingested, playIngestion } from './playIngestion';

const PODS = { group: '', version: 'v1', plural: 'pods' };

const pod = (
  phase: string,
  annotations: Record<string, string> = {},
  component = 'ingestion',
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'docs-ingest-1',
    namespace: 'team-a',
    labels: {
      'promptside.io/purpose': 'rag',
      'app.kubernetes.io/component': component,
    },
    annotations: {
      'promptside.io/store-engine': 'pgvector',
      'promptside.io/store-name': 'data/vectors',
      'promptside.io/collection': 'docs',
      'promptside.io/embedding-model': 'BAAI/bge-m3',
      'promptside.io/embedding-dimension': '1024',
      ...annotations,
    },
  },
  status: { phase },
});

function written(...events: Partial<StoreEvent>[]): Ingested[] {
  const seen: Ingested[] = [];
  playIngestion(
    {
      subscribe(listener) {
        for (const event of events) {
          listener({
            type: 'MODIFIED',
            resource: PODS,
            object: pod('Succeeded'),
            ...event,
          });
        }
        return () => {};
      },
    },
    ingested => seen.push(ingested),
  );
  return seen;
}

describe('playIngestion', () => {
  it('writes what the service of the pod would find', () => {
    expect(written({ previous: pod('Running') })).toEqual([
      {
        engine: 'pgvector',
        store: 'data/vectors',
        collection: 'docs',
        dimension: 1024,
        model: 'BAAI/bge-m3',
      },
    ]);
  });

  it.each([
    ['http://chroma.team-b.svc:8000', 'team-b/chroma'],
    ['http://chroma:8000', 'team-a/chroma'],
  ])('finds the store behind %s', (endpoint, store) => {
    const object = pod('Succeeded', {
      'promptside.io/store-engine': 'chroma',
      'promptside.io/store-name': '',
      'promptside.io/store-endpoint': endpoint,
    });
    delete object.metadata.annotations!['promptside.io/store-name'];
    expect(written({ object })[0].store).toBe(store);
  });

  it.each<[string, Partial<StoreEvent>]>([
    ['runs', { object: pod('Running') }],
    ['failed', { object: pod('Failed') }],
    ['had ended before', { previous: pod('Succeeded') }],
    ['is loaded after a restart', { type: 'ADDED' }],
    ['answers questions', { object: pod('Succeeded', {}, 'query-api') }],
    [
      'tells no dimension',
      { object: pod('Succeeded', { 'promptside.io/embedding-dimension': '' }) },
    ],
  ])('writes nothing for a pod that %s', (_, event) => {
    expect(written(event)).toEqual([]);
  });
});
