/** GPU that was chosen by hand: what a plan is narrowed to. */
export interface GenaiAccelerator {
  vendor: string;
  /** Extended resource, e.g. `nvidia.com/mig-1g.10gb`. */
  resource: string;
  /** Value of the product label; absent where nodes do not tell. */
  product?: string;
}

/** What fields read of each other: names of the golden paths' forms. */
export interface GenaiFormValues {
  model?: string;
  engine?: string;
  target?: { cluster?: string; namespace?: string };
  accelerator?: Partial<GenaiAccelerator>;
  storage?: { mode?: string; className?: string };
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
  const accelerator = formData?.accelerator as
    Record<string, unknown> | undefined;
  const storage = formData?.storage as Record<string, unknown> | undefined;
  return {
    model: text(formData?.model),
    engine: text(formData?.engine),
    target: {
      cluster: text(target?.cluster),
      namespace: text(target?.namespace),
    },
    accelerator: {
      vendor: text(accelerator?.vendor),
      resource: text(accelerator?.resource),
      product: text(accelerator?.product),
    },
    storage: {
      mode: text(storage?.mode),
      className: text(storage?.className),
    },
  };
}
