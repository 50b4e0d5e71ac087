import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';
import { deriveVectorStores } from '../../derive';
import { observe } from '../../testing/observe';
import { specOf, STORE_SPECS } from '../__testUtils__/storeSpecs';
import {
  buildVectorStoreObjects,
  parseVectorStoreSpec,
  renderVectorStore,
  renderVectorStoreEntity,
  stringifyVectorStoreSpec,
  vectorStoreEndpointOf,
  vectorStoreNotices,
} from '.';

const GOLDENS = path.join(__dirname, '__goldens__');

const SPECS = STORE_SPECS;
const CASES = Object.entries(SPECS);

describe('renderVectorStore', () => {
  it.each(CASES)(
    'gives what the golden folder %s holds (rewrite it with UPDATE_GOLDENS=1)',
    (name, spec) => {
      const files = [
        ...renderVectorStore(spec),
        {
          path: 'catalog-info.yaml',
          content: renderVectorStoreEntity(spec, { techdocs: true }),
        },
      ];
      for (const { path: at, content } of files) {
        const golden = path.join(GOLDENS, name, at);
        if (process.env.UPDATE_GOLDENS) {
          mkdirSync(path.dirname(golden), { recursive: true });
          writeFileSync(golden, content);
        }
        expect(existsSync(golden)).toBe(true);
        expect(content).toBe(readFileSync(golden, 'utf8'));
      }
    },
  );

  it.each(CASES)('keeps the spec of %s in the repository', (_, spec) => {
    expect(parseVectorStoreSpec(stringifyVectorStoreSpec(spec))).toEqual(spec);
  });

  it.each(CASES)('names every file of %s once', (_, spec) => {
    const paths = renderVectorStore(spec).map(file => file.path);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

/** What operators would tell of these objects once everything runs. */
function operated(object: { kind: string; spec?: unknown }): unknown {
  if (object.kind === 'Cluster') {
    const { instances } = object.spec as { instances: number };
    const status = {
      phase: 'Cluster in healthy state',
      readyInstances: instances,
    };
    return { ...object, status };
  }
  return object.kind === 'Milvus'
    ? { ...object, status: { status: 'Healthy', observedGeneration: 1 } }
    : object;
}

/** What live state tells of the objects of a spec. */
function storesOf(spec: VectorStoreSpec) {
  const objects = buildVectorStoreObjects(spec).map(operated);
  const state = observe(objects, { cluster: spec.spec.target.cluster });
  const now = Date.parse('2026-11-01T08:00:10Z');
  return deriveVectorStores([state], {}, { now }).items;
}

describe('what is written is read as the same', () => {
  it.each(CASES)('%s', (_, spec) => {
    const { metadata, spec: wanted } = spec;
    expect(storesOf(spec)).toEqual([
      expect.objectContaining({
        cluster: 'demo',
        namespace: 'team-search',
        name: metadata.name,
        engine: wanted.engine,
        state: 'Healthy',
        entityRef: `resource:default/${metadata.name}`,
        kubernetesId: metadata.name,
        owner: metadata.owner,
      }),
    ]);
  });

  it.each(CASES.filter(([, { spec }]) => spec.engine !== 'milvus'))(
    '%s, with endpoint, replicas and storage',
    (_, spec) => {
      const [store] = storesOf(spec);
      expect(store).toMatchObject({
        endpoint: vectorStoreEndpointOf(spec),
        persistence: 'Persistent',
        replicas: { desired: spec.spec.replicas },
      });
    },
  );

  it.each(CASES.filter(([, { spec }]) => spec.backup))(
    '%s, with a schedule that is not late from the start',
    (_, spec) => {
      expect(storesOf(spec)[0].backup).toMatchObject({
        state: 'Pending',
        schedule: spec.spec.backup?.schedule,
      });
    },
  );

  it('puts no risk into a Milvus that the rules would warn of', () => {
    const [store] = storesOf(SPECS['milvus-cluster']);
    expect(store.failedCheckCount).toBe(0);
  });
});

describe('a spec', () => {
  const text = (
    from: VectorStoreSpec,
    change: (spec: VectorStoreSpec) => void,
  ) => {
    const spec = structuredClone(from);
    change(spec);
    return JSON.stringify(spec);
  };
  const chroma = SPECS.chroma;
  const postgres = SPECS['pgvector-with-barman'];

  it.each<[string, string, string]>([
    [
      'Chroma with two replicas',
      text(chroma, ({ spec }) => {
        spec.replicas = 2;
      }),
      'Chroma does not replicate',
    ],
    [
      'Chroma with a backup',
      text(chroma, ({ spec }) => {
        spec.backup = postgres.spec.backup;
      }),
      'spec.backup',
    ],
    [
      'Milvus with a pooler and a WAL volume',
      text(SPECS['milvus-cluster'], ({ spec }) => {
        spec.pooler = { instances: 1 };
        spec.storage.walSize = '1Gi';
      }),
      'spec.storage.walSize',
    ],
    [
      'a schedule of five fields',
      text(postgres, ({ spec }) => {
        spec.backup!.schedule = '0 2 * * *';
      }),
      'six fields',
    ],
    [
      'the plugin without its object store',
      text(postgres, ({ spec }) => {
        delete spec.backup!.objectStore;
      }),
      'objectStore',
    ],
    [
      'a name with YAML in it',
      text(chroma, ({ metadata }) => {
        metadata.name = 'a: {b}';
      }),
      'metadata.name',
    ],
    [
      'a size of nothing',
      text(chroma, ({ spec }) => {
        spec.storage.size = '0';
      }),
      'spec.storage.size',
    ],
    ['a field of tomorrow', '{"kind":"VectorStore","tomorrow":1}', 'tomorrow'],
    ['no YAML', '{', 'vector-store.yaml'],
  ])('with %s is refused', (_, yaml, message) => {
    expect(() => parseVectorStoreSpec(yaml)).toThrow(message);
  });

  it('warns of what each engine lacks', () => {
    const messages = (name: string) =>
      vectorStoreNotices(SPECS[name]).map(({ message }) => message);
    expect(messages('chroma').join(' ')).toContain('no login');
    expect(messages('milvus-standalone')).toHaveLength(2);
    expect(messages('pgvector-with-barman')).toEqual([]);
    const bare = specOf('bare', { engine: 'pgvector', replicas: 3 });
    expect(vectorStoreNotices(bare)).toEqual([
      expect.objectContaining({ severity: 'Warning' }),
    ]);
  });
});
