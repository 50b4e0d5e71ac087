import { InputError } from '@backstage/errors';
import {
  inferenceSpecSchema,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { describeIssues } from './describeIssues';
import { readSpecDocument } from './specDocument';
import { toYaml } from './toYaml';

/**
 * Reads `inference.yaml`.
 *
 * @throws InputError that names every wrong field, or the line where it is no YAML. Unknown fields are refused.
 * @public
 */
export function parseInferenceSpec(yamlText: string): InferenceSpec {
  return checkedInferenceSpec(readSpecDocument('inference.yaml', yamlText));
}

/**
 * The value as a spec.
 *
 * @throws InputError that names every wrong field
 * @public
 */
export function checkedInferenceSpec(value: unknown): InferenceSpec {
  refuseLostLabel(value);
  const result = inferenceSpecSchema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(describeIssues('inference.yaml', result.error.issues));
}

/**
 * Text of `inference.yaml` for a spec. Parsing it gives the same spec again.
 *
 * @throws InputError that names every field that no spec may have so
 * @public
 */
export function stringifyInferenceSpec(spec: InferenceSpec): string {
  return toYaml(checkedInferenceSpec(spec), {
    comment: [
      'The inference service as its owners want it. Edit this file and render it again; the manifests follow from it.',
    ],
  });
}

/** The schema library drops this one key without a word; what a person wrote must not vanish. */
function refuseLostLabel(value: unknown) {
  const { spec } = (value ?? {}) as { spec?: Partial<InferenceSpec['spec']> };
  if (Object.hasOwn(spec?.monitoring?.labels ?? {}, '__proto__')) {
    throw new InputError(
      'inference.yaml: spec.monitoring.labels.__proto__: is no label key',
    );
  }
}
