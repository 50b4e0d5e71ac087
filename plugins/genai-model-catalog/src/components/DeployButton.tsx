import { LinkButton } from '@backstage/core-components';
import { configApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import type { Model } from '@promptside/backstage-plugin-genai-common';
import { templateRouteRef } from '../routes';
import { readTemplate } from '../templateConfig';

/** Engine that the form begins with, where its own first choice does not serve the task. */
const ENGINES: Partial<Record<Model['task'], string>> = {
  embedding: 'tei',
  rerank: 'tei',
};

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

/** Opens the form of the golden path with the model and an engine for it filled in; nothing where there is no such form. */
export function DeployButton({ model, values, main }: DeployButtonProps) {
  const template = useRouteRef(templateRouteRef);
  const config = useApi(configApiRef);
  if (!template) return null;
  const engine = ENGINES[model.task];
  const formData = encodeURIComponent(
    JSON.stringify({ model: model.id, ...(engine && { engine }), ...values }),
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
