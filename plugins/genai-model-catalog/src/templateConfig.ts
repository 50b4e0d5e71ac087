import { parseEntityRef } from '@backstage/catalog-model';
import type { ConfigApi } from '@backstage/core-plugin-api';

const KEY = 'genai.modelCatalog.template';

/** Golden path for inference services, as our templates name it. */
const DEFAULT_TEMPLATE = 'template:default/gpu-inference-service';

/**
 * Template that "Deploy" opens, in the words of the scaffolder's route. Throws an error that names the key for anything
 * but a ref of a template.
 */
export function readTemplate(config: ConfigApi): {
  namespace: string;
  templateName: string;
} {
  const ref = config.getOptionalString(KEY) ?? DEFAULT_TEMPLATE;
  const { kind, namespace, name } = parse(ref);
  if (kind.toLowerCase() !== 'template') {
    throw new Error(`${KEY}: "${ref}" is not the ref of a template`);
  }
  return { namespace, templateName: name };
}

function parse(ref: string) {
  try {
    return parseEntityRef(ref, {
      defaultKind: 'template',
      defaultNamespace: 'default',
    });
  } catch {
    throw new Error(`${KEY}: "${ref}" is not the ref of a template`);
  }
}
