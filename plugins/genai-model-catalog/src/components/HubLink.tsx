import { Link } from '@backstage/core-components';
import {
  modelIdSchema,
  revisionSchema,
} from '@promptside/backstage-plugin-genai-common';
import { BreakableText } from '@promptside/backstage-plugin-genai-react';

interface HubLinkProps {
  id: string;
  revision?: string;
}

/** Link to a model on the Hugging Face hub. What a workload calls its model need not be an id of the hub. */
export function HubLink({ id, revision }: HubLinkProps) {
  const name = <BreakableText text={id} />;
  if (!modelIdSchema.safeParse(id).success) return name;
  const tree = revisionSchema.safeParse(revision).success
    ? `/tree/${revision}`
    : '';
  return <Link to={`https://huggingface.co/${id}${tree}`}>{name}</Link>;
}
