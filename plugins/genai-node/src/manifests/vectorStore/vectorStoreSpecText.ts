import { InputError } from '@backstage/errors';
import {
  vectorStoreSpecSchema,
  type VectorStoreSpec,
} from '@promptside/backstage-plugin-genai-common';
import { describeIssues } from '../describeIssues';
import { readSpecDocument } from '../specDocument';
import { toYaml } from '../toYaml';

const FILE = 'vector-store.yaml';

/**
 * Reads `vector-store.yaml`.
 *
 * @throws InputError that names every wrong field, or the line where it is no YAML. Unknown fields are refused.
 * @public
 */
export function parseVectorStoreSpec(yamlText: string): VectorStoreSpec {
  return checkedVectorStoreSpec(readSpecDocument(FILE, yamlText));
}

/**
 * The value as a spec.
 *
 * @throws InputError that names every wrong field
 * @public
 */
export function checkedVectorStoreSpec(value: unknown): VectorStoreSpec {
  const result = vectorStoreSpecSchema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(describeIssues(FILE, result.error.issues));
}

/** Text of `vector-store.yaml` for a spec. Parsing it gives the same spec again. @public */
export function stringifyVectorStoreSpec(spec: VectorStoreSpec): string {
  return toYaml(checkedVectorStoreSpec(spec), {
    comment: [
      'The vector store as its owners want it. Edit this file and render it again; the manifests follow from it.',
    ],
  });
}
