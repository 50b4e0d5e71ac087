import { hashText, Random, safeEncode } from '../seed/random';
import { OwnerReference, Pod, PodSpec, PodTemplate } from './kubeTypes';
import { qosClass } from './podResources';
import { PodOwner } from './workloadTypes';

/** The reference by which an object is run by its controller. */
export function controllerReference(owner: PodOwner): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Text of a value with its keys in order, so that equal templates give equal text. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );

/** The template without the label that the deployment controller adds to it. */
const withoutHash = (template: PodTemplate): PodTemplate => {
  const labels = { ...template.metadata?.labels };
  delete labels['pod-template-hash'];
  return { ...template, metadata: { ...template.metadata, labels } };
};

/** Whether two templates make the same pods. */
export function isSameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return canonicalText(withoutHash(a)) === canonicalText(withoutHash(b));
}

/** Hash of a template for names and labels; a collision count gives another one. */
export function templateHash(
  template: PodTemplate,
  collisionCount: number = 0,
): string {
  const text = canonicalText(withoutHash(template));
  return safeEncode(
    hashText(collisionCount ? `${text}${collisionCount}` : text),
  );
}

/** Name of a controller's pod; the base is cut so that the whole stays a valid name. */
export function generatedName(base: string, random: Random): string {
  return `${base.slice(0, 57)}-${random.suffix()}`;
}

/** Fields which the API server fills in when a template leaves them out. */
const specDefaults = (spec: PodSpec): PodSpec => ({
  ...spec,
  restartPolicy: spec.restartPolicy ?? 'Always',
  terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
  dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
  serviceAccountName: spec.serviceAccountName ?? 'default',
  securityContext: spec.securityContext ?? {},
  schedulerName: spec.schedulerName ?? 'default-scheduler',
  enableServiceLinks: spec.enableServiceLinks ?? true,
  preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
  priority: spec.priority ?? 0,
  // The default tolerations of the DefaultTolerationSeconds admission plugin.
  tolerations: [
    ...(spec.tolerations ?? []),
    ...['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
      .filter(key => !spec.tolerations?.some(entry => entry.key === key))
      .map(key => ({
        key,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
  ],
});

/**
 * The pod that a controller creates from a template, as yet without a node.
 */
export function buildPod(options: {
  owner: PodOwner;
  template: PodTemplate;
  name: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}): Pod {
  const { owner, template, name } = options;
  const spec = specDefaults(template.spec);
  const annotations = {
    ...template.metadata?.annotations,
    ...options.annotations,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      labels: { ...template.metadata?.labels, ...options.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(owner)],
    },
    spec,
    status: { phase: 'Pending', qosClass: qosClass(spec) },
  };
}
