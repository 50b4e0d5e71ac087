import { viewOf } from '../facts/WorkloadView';
import type { RawPodSpec } from '../facts/raw';
import { recogniseStore } from './recogniseStore';

function recognise(
  image: string,
  volumes: RawPodSpec['volumes'] = [],
  templateBytes?: number,
) {
  const spec = { containers: [{ name: 'main', image }], volumes };
  const view = viewOf(spec, {
    labels: { 'app.kubernetes.io/instance': 'rag' },
  });
  return recogniseStore(view, spec, { bytes: templateBytes });
}

describe('recogniseStore', () => {
  it.each([
    ['ghcr.io/chroma-core/chroma:1.5.3', 'chroma', '1.5.3', 8000],
    ['chromadb/chroma:1.0.0', 'chroma', '1.0.0', 8000],
    ['qdrant/qdrant:v1.17.0', 'qdrant', 'v1.17.0', 6333],
    [
      'cr.weaviate.io/semitechnologies/weaviate:1.34.0',
      'weaviate',
      '1.34.0',
      8080,
    ],
    ['pgvector/pgvector:0.8.6-pg18', 'pgvector', '0.8.6-pg18', 5432],
    ['milvusdb/milvus:v2.6.15', 'milvus', 'v2.6.15', 19_530],
  ])('knows %s', (image, engine, version, port) => {
    expect(recognise(image)).toMatchObject({
      engine,
      version,
      port,
      instance: 'rag',
    });
  });

  it.each(['postgres:18', 'zilliz/attu:v2.6', 'quay.io/coreos/etcd:v3', ''])(
    'takes %s for no vector store',
    image => {
      expect(recognise(image)).toBeUndefined();
    },
  );

  it.each([
    ['without any volume', [], undefined, 'Ephemeral'],
    [
      'with passing volumes',
      [{ emptyDir: {} }, { configMap: {} }],
      undefined,
      'Ephemeral',
    ],
    [
      'with a claim',
      [{ persistentVolumeClaim: { claimName: 'd' } }],
      undefined,
      'Persistent',
    ],
    ['with claim templates', [], 1, 'Persistent'],
    ['with a host path', [{ name: 'host' }], undefined, 'Unknown'],
  ])('says how lasting a store is %s', (_, volumes, bytes, persistence) => {
    expect(recognise('qdrant/qdrant', volumes, bytes)).toMatchObject({
      persistence,
    });
  });
});
