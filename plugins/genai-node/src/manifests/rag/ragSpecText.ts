import { InputError } from '@backstage/errors';
import {
  ragSpecSchema,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { describeIssues } from '../describeIssues';
import { readSpecDocument } from '../specDocument';
import { toYaml } from '../toYaml';

/**
 * Reads `rag.yaml`.
 *
 * @throws InputError that names every wrong field, or the line where it is no YAML. Unknown fields are refused.
 * @public
 */
export function parseRagSpec(yamlText: string): RagSpec {
  return checkedRagSpec(readSpecDocument('rag.yaml', yamlText));
}

/**
 * The value as a spec.
 *
 * @throws InputError that names every wrong field
 * @public
 */
export function checkedRagSpec(value: unknown): RagSpec {
  const result = ragSpecSchema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(describeIssues('rag.yaml', result.error.issues));
}

/**
 * Text of `rag.yaml` for a spec. Parsing it gives the same spec again.
 *
 * @throws InputError that names every field that no spec may have so
 * @public
 */
export function stringifyRagSpec(spec: RagSpec): string {
  return toYaml(checkedRagSpec(spec), {
    comment: [
      'The RAG service as its owners want it. Edit this file and render it again; the manifests follow from it.',
    ],
  });
}
