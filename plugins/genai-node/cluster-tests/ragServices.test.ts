import type { RagSpec } from '@promptside/backstage-plugin-genai-common';
import { buildRagObjects, type KubernetesObjectLike } from '../src';
import {
  embeddingModelOf,
  RAG_SPECS,
} from '../src/manifests/rag/__testUtils__/ragSpecs';
import { createSecuredNamespaces } from './podOf';
import { postObject } from './postObject';

jest.setTimeout(60_000);

const NAMESPACE = `genai-rag-${Date.now().toString(36)}`;

/** The specs, moved to a namespace of our own. */
const SPECS = Object.entries(RAG_SPECS).map(([name, spec]) => {
  const target = { ...spec.spec.target, namespace: NAMESPACE };
  return [name, { ...spec, spec: { ...spec.spec, target } }] as const;
});

const build = (spec: RagSpec) => buildRagObjects(spec, embeddingModelOf(spec));

/** Pods of the API and of ingestion, as their controllers would make them. */
function podsOf(spec: RagSpec): KubernetesObjectLike[] {
  return build(spec).flatMap(object => {
    const { kind, metadata } = object;
    const { template } = (object as { spec?: { template?: { spec: object } } })
      .spec ?? { template: undefined };
    return template && ['Deployment', 'Job'].includes(kind)
      ? [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: `${metadata.name}-pod`, namespace: NAMESPACE },
            spec: template.spec,
          } as KubernetesObjectLike,
        ]
      : [];
  });
}

describe('rendered RAG services on a real API server', () => {
  beforeAll(async () => {
    const accounts = SPECS.flatMap(([, spec]) =>
      build(spec).filter(({ kind }) => kind === 'ServiceAccount'),
    );
    await createSecuredNamespaces(
      { restricted: NAMESPACE, baseline: `${NAMESPACE}-baseline` },
      [
        ...new Map(
          accounts.map(account => [account.metadata.name, account]),
        ).values(),
      ],
    );
  });

  it.each(SPECS)('%s passes the strict dry run', async (_, spec) => {
    const objects = build(spec).filter(({ kind }) => kind !== 'ServiceAccount');
    expect(objects.length).toBeGreaterThanOrEqual(7);
    for (const object of objects) {
      expect([
        object.kind,
        object.metadata.name,
        await postObject(object, { dryRun: true }),
      ]).toEqual([
        object.kind,
        object.metadata.name,
        { status: 201, message: '', warnings: [] },
      ]);
    }
  });

  it.each(SPECS)(
    '%s has pods that the standard "restricted" lets in',
    async (_, spec) => {
      const pods = podsOf(spec);
      expect(pods.length).toBeGreaterThanOrEqual(2);
      for (const pod of pods) {
        expect(await postObject(pod, { dryRun: true })).toEqual({
          status: 201,
          message: '',
          warnings: [],
        });
      }
    },
  );
});
