import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { buildInferenceObjects, type KubernetesObjectLike } from '../src';
import { modelOf } from '../src/manifests/__testUtils__/specs';
import { engineQuestion } from '../src/servingRuntimes/engineQuestion';
import { engineOf } from '../src/servingRuntimes/engineOf';
import { postObject } from './postObject';

/** Pod Security standards that services claim. */
export type Level = 'restricted' | 'baseline';

interface PodSpec {
  containers: { securityContext: Record<string, unknown> }[];
}

/** The strictest Pod Security standard that the service's pods claim. */
export function levelOf(spec: InferenceSpec): Level {
  const { level } = engineOf(spec).security(
    engineQuestion(spec, modelOf(spec)),
  );
  return level === 'restricted' ? 'restricted' : 'baseline';
}

/** Pods of a service, as the controller would make them; a NIMService's are its operator's. */
export function podSpecOf(
  objects: readonly KubernetesObjectLike[],
): PodSpec | undefined {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  if (deployment) {
    return (deployment as unknown as { spec: { template: { spec: PodSpec } } })
      .spec.template.spec;
  }
  const service = objects.find(({ kind }) => kind === 'InferenceService');
  if (!service) return undefined;
  const { predictor } = (
    service as unknown as { spec: { predictor: Record<string, unknown> } }
  ).spec;
  const {
    labels: _,
    annotations: __,
    minReplicas: ___,
    maxReplicas: ____,
    deploymentStrategy: _____,
    model,
    ...pod
  } = predictor;
  const { modelFormat, runtime, ...container } = model as Record<
    string,
    unknown
  >;
  return {
    ...pod,
    containers: [{ name: 'kserve-container', ...container }],
  } as unknown as PodSpec;
}

/** A pod as the controller would make it: where Pod Security is enforced. */
export function podOf(spec: InferenceSpec, namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${spec.metadata.name}-pod`, namespace },
    spec: podSpecOf(buildInferenceObjects(spec, modelOf(spec)))!,
  };
}

async function create(object: KubernetesObjectLike): Promise<void> {
  const { message } = await postObject(object, { dryRun: false });
  if (message) throw new Error(message);
}

/** Makes a namespace for each standard, with the accounts of the services: pods are refused without, even in a dry run. */
export async function createSecuredNamespaces(
  namespaces: Readonly<Record<Level, string>>,
  accounts: readonly KubernetesObjectLike[],
): Promise<void> {
  for (const [level, name] of Object.entries(namespaces)) {
    await create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/warn': level,
        },
      },
    });
    for (const account of accounts) {
      const metadata = { ...account.metadata, namespace: name };
      await create({ ...account, metadata });
    }
  }
}
