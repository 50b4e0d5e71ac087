import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { partAt, type Path } from './leaves';

/** Requests and limits of the serving container. */
export interface ContainerResources {
  requests: Record<string, string>;
  limits: Record<string, string>;
}

/** Where a workload keeps what a team changes. */
export interface WorkloadParts {
  /** Index among the objects of the service. */
  index: number;
  /** To `repository:tag` or `repository@digest`, or to a map of `repository` and `tag`. */
  image: Path;
  /** To the same image in containers that run before. */
  sameImage?: readonly Path[];
  resources: Path;
  replicas: readonly Path[];
  /** Fewest replicas that the kind takes; none stops the service. */
  leastReplicas: number;
}

const PARTS: Readonly<Record<string, Omit<WorkloadParts, 'index'>>> = {
  Deployment: {
    image: ['spec', 'template', 'spec', 'containers', 0, 'image'],
    sameImage: [['spec', 'template', 'spec', 'initContainers', 0, 'image']],
    resources: ['spec', 'template', 'spec', 'containers', 0, 'resources'],
    replicas: [['spec', 'replicas']],
    leastReplicas: 0,
  },
  InferenceService: {
    image: ['spec', 'predictor', 'model', 'image'],
    sameImage: [['spec', 'predictor', 'initContainers', 0, 'image']],
    resources: ['spec', 'predictor', 'model', 'resources'],
    replicas: [
      ['spec', 'predictor', 'minReplicas'],
      ['spec', 'predictor', 'maxReplicas'],
    ],
    leastReplicas: 1,
  },
  NIMService: {
    image: ['spec', 'image'],
    resources: ['spec', 'resources'],
    replicas: [['spec', 'replicas']],
    leastReplicas: 1,
  },
};

/** The workload among the objects of a service; each has one. */
export function workloadParts(
  objects: readonly KubernetesObjectLike[],
): WorkloadParts {
  const index = objects.findIndex(({ kind }) => Object.hasOwn(PARTS, kind));
  const parts = PARTS[objects[index].kind];
  return {
    ...parts,
    index,
    sameImage: parts.sameImage?.filter(
      path => partAt(objects[index], path) !== undefined,
    ),
    // An autoscaler keeps the number otherwise.
    replicas: parts.replicas.filter(
      path => partAt(objects[index], path) !== undefined,
    ),
  };
}

/** Image as a chart's values have it by custom. A digest is behind the last colon, too. */
export function imageValues(image: unknown): {
  repository: string;
  tag: string;
} {
  if (typeof image !== 'string') {
    const { repository, tag } = image as { repository: string; tag: string };
    return { repository, tag };
  }
  const colon = image.lastIndexOf(':');
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}
