import { createHash } from 'node:crypto';
import {
  ANNOTATIONS,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineFile } from '../../servingRuntimes/EngineSpoke';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { objectMeta } from './identity';

/** A ConfigMap as we write it. */
export interface ConfigMapObject extends KubernetesObjectLike {
  data: { [key: string]: string };
}

/** The files that an engine reads besides its arguments. */
export function buildEngineFiles(
  spec: InferenceSpec,
  name: string,
  files: readonly EngineFile[],
): ConfigMapObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: objectMeta(spec, { name }),
    data: Object.fromEntries(files.map(({ key, content }) => [key, content])),
  };
}

/** Changes with the files: engines read them once, and files that are mounted one by one are never brought up to date. */
export function filesDigest(files: readonly EngineFile[]) {
  const digest = createHash('sha256');
  for (const { key, content } of files) digest.update(`${key}\0${content}\0`);
  return { [ANNOTATIONS.configDigest]: digest.digest('hex').slice(0, 16) };
}
