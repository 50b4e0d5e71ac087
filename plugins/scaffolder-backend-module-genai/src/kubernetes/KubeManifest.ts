import { InputError } from '@backstage/errors';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** An object that can be sent to a Kubernetes API: identity is certain, the rest is the API server's to judge. */
export interface KubeManifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks that a value is a Kubernetes object with a name.
 *
 * @throws InputError that names the field and where the object came from.
 */
export function asKubeManifest(value: unknown, origin: string): KubeManifest {
  if (!isRecord(value)) {
    throw new InputError(`${origin} is not a Kubernetes object`);
  }
  for (const field of ['apiVersion', 'kind'] as const) {
    if (typeof value[field] !== 'string' || value[field] === '') {
      throw new InputError(`${origin}: ${field} is missing`);
    }
  }
  if (
    !isRecord(value.metadata) ||
    typeof value.metadata.name !== 'string' ||
    value.metadata.name === ''
  ) {
    throw new InputError(`${origin}: metadata.name is missing`);
  }
  if (value.kind === 'Secret') {
    throw new InputError(
      `${origin}: a Secret may not come from a template; create it with your secret store and refer to it by name`,
    );
  }
  return value as unknown as KubeManifest;
}

/** `Deployment team-a/chat`, for messages. */
export function describeManifest(manifest: KubeManifest): string {
  const { name, namespace } = manifest.metadata;
  return `${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/**
 * Reads plain manifests from a YAML file or a folder of them (not recursive into other file types). Kustomize's own
 * files are no objects of the cluster and are passed over.
 *
 * @param root - folder that paths in messages are relative to
 */
export async function readManifests(
  path: string,
  root: string,
): Promise<KubeManifest[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info) {
    throw new InputError(
      `path: "${relative(root, path)}" does not exist in the workspace`,
    );
  }
  if (info.isDirectory()) {
    const entries = (await readdir(path)).sort();
    const nested = await Promise.all(
      entries
        .filter(entry => ['.yaml', '.yml'].includes(extname(entry)))
        .filter(entry => !/^kustomization\.ya?ml$/.test(entry))
        .map(entry => readManifests(join(path, entry), root)),
    );
    return nested.flat();
  }
  const origin = relative(root, path);
  return parseAllDocuments(await readFile(path, 'utf8'))
    .map((document, index) => {
      if (document.errors.length > 0) {
        throw new InputError(
          `${origin}: document ${index + 1} is not YAML: ${
            document.errors[0].message
          }`,
        );
      }
      return document.toJS() as unknown;
    })
    .filter(value => value !== null && value !== undefined)
    .map((value, index) =>
      asKubeManifest(value, `${origin}, document ${index + 1}`),
    );
}
