import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import type { ValueText } from './probeValues';

/** What a probe changes of a service. */
export interface Wanted {
  spec: InferenceSpec;
  model: Model | undefined;
}

/** A setting that a chart may leave open to its values. */
export interface ChartSetting {
  name: 'replicas' | 'contextLength' | 'model';
  texts: readonly ValueText[];
  /** The service with another value. */
  change(wanted: Wanted): Wanted;
}

/** No model has it; what else a builder would make of another one shows beside it. */
const PROBE_ID = 'promptside-probe/another-model';
const PROBE_REVISION = 'f0'.repeat(20);

/** Settings in the order of `values.yaml`. */
export function chartSettings(spec: InferenceSpec): ChartSetting[] {
  return [replicasOf(spec), contextLengthOf(spec), modelOf(spec)];
}

function replicasOf({ spec }: InferenceSpec): ChartSetting {
  const another = spec.replicas + 61;
  return {
    name: 'replicas',
    texts: [valueText(spec.replicas, another, 'int64 .Values.replicas')],
    change: wanted => withSpec(wanted, { replicas: another }),
  };
}

function contextLengthOf({ spec }: InferenceSpec): ChartSetting {
  const { contextLength } = spec;
  // Far away, so that whatever grows with the context grows visibly.
  const another = contextLength * 3 + 7;
  const expression = 'int64 .Values.contextLength';
  return {
    name: 'contextLength',
    texts: [
      valueText(contextLength, another, expression),
      // TGI counts prompts apart: at least one token is for the answer.
      valueText(contextLength - 1, another - 1, `sub (${expression}) 1`),
    ],
    change: wanted => withSpec(wanted, { contextLength: another }),
  };
}

function modelOf({ spec }: InferenceSpec): ChartSetting {
  const { id, revision } = spec.model;
  const rename = (name: string) =>
    name.toLowerCase() === id.toLowerCase() ? PROBE_ID : name;
  return {
    name: 'model',
    texts: [
      { text: id, probed: PROBE_ID, expression: '.Values.model.id' },
      ...(revision
        ? [
            {
              text: revision,
              probed: PROBE_REVISION,
              expression: '.Values.model.revision',
            },
          ]
        : []),
    ],
    // The facts stay: it is the same model by another name.
    change: wanted => ({
      ...withSpec(wanted, {
        model: {
          ...wanted.spec.spec.model,
          id: PROBE_ID,
          ...(revision ? { revision: PROBE_REVISION } : {}),
        },
      }),
      model: wanted.model && {
        ...wanted.model,
        id: rename(wanted.model.id),
        variants: wanted.model.variants.map(variant => ({
          ...variant,
          ...(variant.repository
            ? { repository: rename(variant.repository) }
            : {}),
        })),
      },
    }),
  };
}

function valueText(
  text: number,
  probed: number,
  expression: string,
): ValueText {
  return { text: String(text), probed: String(probed), expression };
}

function withSpec(
  wanted: Wanted,
  changes: Partial<InferenceSpec['spec']>,
): Wanted {
  const { spec } = wanted;
  return { ...wanted, spec: { ...spec, spec: { ...spec.spec, ...changes } } };
}
