import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** Properties of a field as the scaffolder gives them; `context` are the values of the whole form. */
export function fieldProps<T>(
  formData: T | undefined,
  onChange: (value?: T) => void,
  context: Record<string, unknown> = {},
) {
  return {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'field' },
    formContext: { formData: context },
  } as unknown as FieldExtensionComponentProps<T>;
}
