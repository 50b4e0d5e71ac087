import { parseDeviceCount } from '../quantities';
import type { RawContainer, RawMeta, RawPodSpec } from './raw';

/**
 * The only environment variables whose literal value is ever looked at: they name a model, its commit or a port. Every
 * other value, and every value that does not look like one of these, is dropped unread.
 */
const MODEL_VARIABLES: Readonly<Record<string, RegExp>> = {
  /** Text Generation Inference, Text Embeddings Inference */
  MODEL_ID: /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/,
  /** SageMaker's spelling of the same */
  HF_MODEL_ID: /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/,
  REVISION: /^[0-9a-f]{40}$/,
  PORT: /^\d{1,5}$/,
};

/** One container as recognisers see it. */
export interface ContainerView {
  name: string;
  /** Image without tag and digest. */
  repository: string;
  tag?: string;
  /** Words of command and arguments; shell scripts are split at white space. */
  words: readonly string[];
  ports: readonly { name?: string; port: number }[];
  /** Allow-listed environment variables only. */
  variables: Readonly<Partial<Record<string, string>>>;
}

/** A pod template as recognisers see it: nothing else of the object reaches them. */
export interface WorkloadView {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  containers: readonly ContainerView[];
}

/** A view of a pod template; labels and annotations of the workload count beside those of its pods. */
export function viewOf(
  spec: RawPodSpec | undefined,
  ...metas: (RawMeta | undefined)[]
): WorkloadView {
  return {
    labels: Object.assign({}, ...metas.map(meta => meta?.labels)),
    annotations: Object.assign({}, ...metas.map(meta => meta?.annotations)),
    containers: (spec?.containers ?? []).map(viewContainer),
  };
}

/** A view of one container. */
export function viewContainer(container: RawContainer): ContainerView {
  const { repository, tag } = splitImage(container.image ?? '');
  return {
    name: container.name ?? '',
    repository,
    ...(tag ? { tag } : {}),
    words: splitWords([
      ...(container.command ?? []),
      ...(container.args ?? []),
    ]),
    ports: (container.ports ?? []).flatMap(({ name, containerPort }) =>
      parseDeviceCount(containerPort) === undefined
        ? []
        : [{ port: containerPort!, ...(name ? { name } : {}) }],
    ),
    variables: readVariables(container),
  };
}

function splitImage(image: string): { repository: string; tag?: string } {
  const [named] = image.split('@');
  // A colon before the last slash belongs to the registry's port.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0
    ? { repository: named }
    : { repository: named.slice(0, colon), tag: named.slice(colon + 1) };
}

function splitWords(words: readonly string[]): string[] {
  return words.flatMap(word =>
    typeof word === 'string'
      ? word.split(/[\s\\]+/).filter(part => part !== '')
      : [],
  );
}

function readVariables(container: RawContainer): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { name, value } of container.env ?? []) {
    if (name && value && MODEL_VARIABLES[name]?.test(value)) {
      variables[name] = value;
    }
  }
  return variables;
}
