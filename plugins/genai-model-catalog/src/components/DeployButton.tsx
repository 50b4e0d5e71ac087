import { LinkButton } from '@backstage/core-components';
import { configApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { Model } from '@promptside/backstage-plugin-genai-common';
import { templateRouteRef } from '../routes';
import { readTemplate } from '../templateConfig';

/** Tasks that the golden path serves. */
const DEPLOYABLE: readonly Model['task'][] = [
  'text-generation',
  'image-text-to-text',
];

interface DeployButtonProps {
  model: Model;
  /** What else is filled in, by the parameter names of the golden path. */
  values?: {
    contextLength?: number;
    replicas?: number;
    target?: { cluster: string };
  };
  /** Stands out, where it is the one thing to do. */
  main?: boolean;
}

/** Opens the form of the golden path with the model filled in; nothing where it cannot be deployed that way. */
export function DeployButton({ model, values, main }: DeployButtonProps) {
  const template = useRouteRef(templateRouteRef);
  const config = useApi(configApiRef);
  if (!template || !DEPLOYABLE.includes(model.task)) return null;
  const formData = encodeURIComponent(
    JSON.stringify({ model: model.id, ...values }),
  );
  return (
    <LinkButton
      to={`${template(readTemplate(config))}?formData=${formData}`}
      size={main ? 'medium' : 'small'}
      variant={main ? 'contained' : 'outlined'}
      color="primary"
      aria-label={`Deploy ${model.title}`}
    >
      Deploy
    </LinkButton>
  );
}
