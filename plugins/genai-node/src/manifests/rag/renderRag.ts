import type { Model, RagSpec } from '@promptside/backstage-plugin-genai-common';
import type { RenderedFile } from '../KubernetesObjectLike';
import { kustomization, plainBase } from '../kustomizeParts';
import { overlayPath } from '../overlayPath';
import { RENDERED_RAG } from '../rendered';
import { deliveryFile } from '../delivery/deliveryFile';
import { buildRagObjects } from './buildRagObjects';
import { buildRagDelivery } from './delivery';
import type { RagRenderOptions } from './llmServer';
import { stringifyRagSpec } from './ragSpecText';

/**
 * The files of a service: the spec that people edit, a Kustomize base with the objects and an overlay that says where and how many,
 * and what Flux or Argo CD need to fetch them.
 * `kubectl apply -k overlays/<cluster>` gives exactly the objects of {@link buildRagObjects}.
 *
 * @throws InputError that names every field with which it could not work
 * @public
 */
export function renderRag(
  spec: RagSpec,
  model: Model | undefined,
  options: RagRenderOptions = {},
): RenderedFile[] {
  const { target } = spec.spec;
  const objects = buildRagObjects(spec, model, options);
  return [
    { path: 'rag.yaml', content: stringifyRagSpec(spec) },
    ...plainBase(objects, RENDERED_RAG),
    kustomization(
      overlayPath(target.cluster),
      {
        namespace: target.namespace,
        resources: ['../../base'],
        replicas: objects.flatMap(object => {
          const { kind, metadata } = object;
          const { replicas } =
            (object as { spec?: { replicas?: number } }).spec ?? {};
          return kind === 'Deployment' && replicas !== undefined
            ? [{ name: metadata.name, count: replicas }]
            : [];
        }),
      },
      RENDERED_RAG,
    ),
    ...buildRagDelivery(spec).map(object => deliveryFile(object, RENDERED_RAG)),
  ];
}
