/** What fields read of each other: names of the golden paths' forms. */
export interface GenaiFormValues {
  model?: string;
  engine?: string;
  target?: { cluster?: string; namespace?: string };
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * The form as it stands, as far as other fields care.
 *
 * @param formContext - of a field's properties; the scaffolder keeps the values of all steps in `formData`
 */
export function formValues(formContext: unknown): GenaiFormValues {
  const { formData } = (formContext ?? {}) as {
    formData?: Record<string, unknown>;
  };
  const target = formData?.target as Record<string, unknown> | undefined;
  return {
    model: text(formData?.model),
    engine: text(formData?.engine),
    target: {
      cluster: text(target?.cluster),
      namespace: text(target?.namespace),
    },
  };
}
