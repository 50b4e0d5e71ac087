import fs from 'node:fs/promises';
import path from 'node:path';
import {
  LABELS,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { parse, parseAllDocuments } from 'yaml';
import type { RenderedFile } from '../KubernetesObjectLike';
import { renderRagEntities } from './buildRagEntities';
import { buildRagObjects } from './buildRagObjects';
import { parseRagSpec, stringifyRagSpec } from './ragSpecText';
import { renderRag } from './renderRag';
import {
  embeddingModelOf,
  llmModelFactsOf,
  OWN_LLM,
  RAG_SPECS,
  ragSpecOf,
} from './__testUtils__/ragSpecs';

const GOLDENS = path.join(__dirname, '__goldens__');

async function readFolder(folder: string): Promise<RenderedFile[]> {
  const entries = await fs.readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(async entry => {
        const file = path.join(entry.parentPath, entry.name);
        return {
          path: path.relative(folder, file).split(path.sep).join('/'),
          content: await fs.readFile(file, 'utf8'),
        };
      }),
  );
}

async function writeFolder(folder: string, files: readonly RenderedFile[]) {
  await fs.rm(folder, { recursive: true, force: true });
  for (const file of files) {
    const target = path.join(folder, file.path);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, file.content);
  }
}

const byPath = (a: RenderedFile, b: RenderedFile) =>
  a.path.localeCompare(b.path);

const build = (spec: RagSpec) =>
  buildRagObjects(spec, embeddingModelOf(spec), {
    llmModel: llmModelFactsOf(spec),
  });

interface Workload {
  spec: {
    template: {
      metadata: { annotations: Record<string, string> };
      spec: {
        containers: {
          args: string[];
          env?: { name: string; value?: string; valueFrom?: object }[];
          securityContext: object;
        }[];
        securityContext: object;
      };
    };
  };
}

const find = (spec: RagSpec, kind: string, name: string) =>
  build(spec).find(
    object => object.kind === kind && object.metadata.name === name,
  ) as unknown;

describe.each(Object.entries(RAG_SPECS))('%s', (name, spec) => {
  it('renders what its golden folder holds (rewrite it with UPDATE_GOLDENS=1)', async () => {
    const model = embeddingModelOf(spec);
    const llmModel = llmModelFactsOf(spec);
    const rendered = [
      ...renderRag(spec, model, { llmModel }),
      {
        path: 'catalog-info.yaml',
        content: renderRagEntities(spec, model, { techdocs: true, llmModel }),
      },
    ];
    const folder = path.join(GOLDENS, name);
    if (process.env.UPDATE_GOLDENS) await writeFolder(folder, rendered);
    expect((await readFolder(folder)).sort(byPath)).toEqual(
      rendered.sort(byPath),
    );
  });

  it('keeps the spec so that rendering again gives the same', () => {
    expect(parseRagSpec(stringifyRagSpec(spec))).toEqual(spec);
  });

  it('names no object twice, and gives every one a place', () => {
    const names = build(spec).map(
      ({ kind, metadata }) => `${kind}/${metadata.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(build(spec).map(({ metadata }) => metadata.namespace)).toEqual(
      names.map(() => 'team-search'),
    );
  });

  it('has no secret but by reference', () => {
    const { env = [] } = (find(spec, 'Deployment', 'handbook') as Workload).spec
      .template.spec.containers[0];
    for (const variable of env) {
      expect(variable).toEqual({
        name: expect.any(String),
        valueFrom: { secretKeyRef: expect.any(Object) },
      });
    }
  });

  it('refers in the entities to things that are there or that the spec names', () => {
    const entities = parseAllDocuments(
      renderRagEntities(spec, embeddingModelOf(spec)),
    ).map(document => document.toJS());
    const [component] = entities;
    const known = new Set([
      ...entities.map(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:default/${metadata.name}`,
      ),
      spec.spec.store.entityRef,
      spec.spec.embedding.entityRef,
      spec.spec.llm.entityRef,
    ]);
    const refs = [
      ...component.spec.providesApis,
      ...(component.spec.consumesApis ?? []),
      ...(component.spec.dependsOn ?? []),
    ];
    expect(refs.filter(ref => !known.has(ref))).toEqual([]);
  });
});

describe('the manifests of a RAG service', () => {
  it('takes text with metacharacters as it stands', () => {
    const spec = RAG_SPECS['chroma-that-exists'];
    const files = renderRag(spec, undefined);
    const settings = parse(
      files.find(file => file.path === 'base/configmap.yaml')!.content,
    );
    expect(settings.data.LLM_MODEL).toBe(spec.spec.llm.model);
    const [component] = parseAllDocuments(
      renderRagEntities(spec, undefined),
    ).map(document => document.toJS());
    expect(component.metadata.description).toBe(spec.metadata.description);
  });

  it('begins the first ingestion anew when the sources change, and not when replicas do', () => {
    const jobOf = (spec: RagSpec) =>
      build(spec).find(({ kind }) => kind === 'Job')!.metadata.name;
    const before = jobOf(ragSpecOf());
    expect(jobOf(ragSpecOf({ replicas: 5 }))).toBe(before);
    expect(jobOf(ragSpecOf({ ingest: { sources: ['more'] } }))).not.toBe(
      before,
    );
    expect(before.length).toBeLessThanOrEqual(63);
  });

  it('replaces the pods when the settings change', () => {
    const digest = (spec: RagSpec) =>
      (find(spec, 'Deployment', 'handbook') as Workload).spec.template.metadata
        .annotations['promptside.io/config-digest'];
    expect(digest(ragSpecOf({ replicas: 3 }))).toBe(digest(ragSpecOf()));
    expect(digest(ragSpecOf({ retrieval: { topK: 3 } }))).not.toBe(
      digest(ragSpecOf()),
    );
  });

  it('lets ingestion out to the ports of its sources alone', () => {
    const policy = find(
      RAG_SPECS['chroma-that-exists'],
      'NetworkPolicy',
      'handbook-ingest',
    ) as {
      spec: { ingress: []; egress: { to?: object[]; ports: object[] }[] };
    };
    expect(policy.spec.ingress).toEqual([]);
    expect(policy.spec.egress.filter(({ to }) => !to)).toEqual([
      {
        ports: [
          { protocol: 'TCP', port: 443 },
          { protocol: 'TCP', port: 8443 },
        ],
      },
    ]);
  });

  it('runs no two ingestions of the schedule at once', () => {
    const cron = find(
      RAG_SPECS['chroma-that-exists'],
      'CronJob',
      'handbook-ingest',
    ) as { spec: object };
    expect(cron.spec).toMatchObject({
      schedule: '0 3 * * 1-5',
      concurrencyPolicy: 'Forbid',
    });
  });

  it('finds its own pods by labels that the policies share', () => {
    const labels = (
      find(ragSpecOf(), 'Deployment', 'handbook') as {
        spec: { template: { metadata: { labels: Record<string, string> } } };
      }
    ).spec.template.metadata.labels;
    expect(labels[LABELS.purpose]).toBe('rag');
    const service = find(ragSpecOf(), 'Service', 'handbook') as {
      spec: { selector: object };
    };
    expect(labels).toMatchObject(service.spec.selector);
  });
});

describe('the delivery of a RAG service', () => {
  const jobOf = (spec: RagSpec) =>
    build(spec).find(({ kind }) => kind === 'Job') as unknown as {
      metadata: { name: string };
      spec: { ttlSecondsAfterFinished?: number };
    };

  it('keeps the Job of the first ingestion, which a controller would make again', () => {
    expect(jobOf(ragSpecOf()).spec.ttlSecondsAfterFinished).toBeGreaterThan(0);
    const byFlux = jobOf(RAG_SPECS['by-flux']);
    expect(byFlux.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it('points at the overlay in the folder of the repository', () => {
    const { spec } = RAG_SPECS['by-flux'];
    const files = renderRag(RAG_SPECS['by-flux'], undefined);
    const flux = parse(
      files.find(({ path: at }) => at === 'delivery/flux-kustomization.yaml')!
        .content,
    );
    expect(flux.spec.path).toBe('./deploy/handbook/overlays/demo');
    expect(files.map(({ path: at }) => at)).toContain(
      `overlays/${spec.target.cluster}/kustomization.yaml`,
    );
  });

  it('is none where the portal applies the objects', () => {
    const spec = ragSpecOf({ delivery: { kind: 'None' } });
    expect(
      renderRag(spec, undefined).filter(file => /^delivery/.test(file.path)),
    ).toEqual([]);
  });
});

describe('a language model of its own', () => {
  const spec = RAG_SPECS['chroma-with-a-language-model-of-its-own'];
  const egressOf = (whole: RagSpec) =>
    (
      find(whole, 'NetworkPolicy', 'handbook') as {
        spec: { egress: { to?: object[]; ports?: object[] }[] };
      }
    ).spec.egress;
  const settingsOf = (whole: RagSpec) =>
    (find(whole, 'ConfigMap', 'handbook-settings') as { data: object }).data;

  it('is asked at its own Service, by the name under which the engine serves it', () => {
    expect(settingsOf(spec)).toMatchObject({
      LLM_URL: 'http://handbook-llm.team-search.svc:8000/v1',
      LLM_MODEL: 'Qwen/Qwen3-8B',
      LLM_CONTEXT_TOKENS: '16384',
    });
    expect(find(spec, 'Service', 'handbook-llm')).toBeDefined();
  });

  it('is reached by the API at its pods alone, and lets its namespace in', () => {
    const server = find(spec, 'Deployment', 'handbook-llm') as Workload & {
      spec: { selector: { matchLabels: object } };
    };
    expect(egressOf(spec)).toContainEqual({
      to: [{ podSelector: server.spec.selector }],
      ports: [{ protocol: 'TCP', port: 8000 }],
    });
    const policy = find(spec, 'NetworkPolicy', 'handbook-llm') as {
      spec: { ingress: { from: object[] }[] };
    };
    expect(policy.spec.ingress[0].from).toContainEqual({ podSelector: {} });
  });

  it('may be one of KServe, whose Service has a name and port of its own', () => {
    const byKServe = RAG_SPECS['language-model-by-kserve'];
    const host = 'handbook-llm-predictor.team-search.svc';
    expect(settingsOf(byKServe)).toMatchObject({
      LLM_URL: expect.stringContaining(host),
    });
    expect(egressOf(byKServe)).toContainEqual({
      to: [
        {
          podSelector: {
            matchLabels: {
              'serving.kserve.io/inferenceservice': 'handbook-llm',
            },
          },
        },
      ],
      ports: [{ protocol: 'TCP', port: expect.any(Number) }],
    });
  });

  it('is in the Kustomization, with its replicas in the overlay', () => {
    const files = renderRag(spec, embeddingModelOf(spec), {
      llmModel: llmModelFactsOf(spec),
    });
    const text = (at: string) =>
      parse(files.find(file => file.path === at)!.content);
    expect(text('base/kustomization.yaml').resources).toContain(
      'deployment-handbook-llm.yaml',
    );
    expect(text('overlays/demo/kustomization.yaml').replicas).toContainEqual({
      name: 'handbook-llm',
      count: 1,
    });
  });

  it('is an entity that the service depends on', () => {
    const entities = parseAllDocuments(
      renderRagEntities(spec, embeddingModelOf(spec), {
        llmModel: llmModelFactsOf(spec),
      }),
    ).map(document => document.toJS());
    expect(entities[0].spec.dependsOn).toContain(
      'component:default/handbook-llm',
    );
    expect(entities.map(({ metadata }) => metadata.name)).toContain(
      'handbook-llm',
    );
  });

  it('is refused where it does not fit its GPU', () => {
    const gpu = { ...OWN_LLM.create!.accelerator!, vendor: 'intel' as const };
    expect(() =>
      build(
        ragSpecOf({
          llm: { ...OWN_LLM, create: { ...OWN_LLM.create!, accelerator: gpu } },
        }),
      ),
    ).toThrow(/accelerator/);
  });
});
