import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { Model } from '@promptside/backstage-plugin-genai-common';
import { templateRouteRef } from '../routes';

/** Golden path for inference services, as our templates name it. */
const TEMPLATE = {
  namespace: 'default',
  templateName: 'gpu-inference-service',
};

/** Tasks that the golden path serves. */
const DEPLOYABLE: readonly Model['task'][] = [
  'text-generation',
  'image-text-to-text',
];

/** Opens the form of the golden path with the model filled in; nothing where it cannot be deployed that way. */
export function DeployButton({ model }: { model: Model }) {
  const template = useRouteRef(templateRouteRef);
  if (!template || !DEPLOYABLE.includes(model.task)) return null;
  const formData = encodeURIComponent(JSON.stringify({ model: model.id }));
  return (
    <LinkButton
      to={`${template(TEMPLATE)}?formData=${formData}`}
      size="small"
      variant="outlined"
      color="primary"
      aria-label={`Deploy ${model.title}`}
    >
      Deploy
    </LinkButton>
  );
}
