import { StatePanel } from '@promptside/backstage-plugin-genai-react';

/** No workload belongs to the entity; says how one would. */
export function NotOnAnyCluster() {
  return (
    <StatePanel dense title="Not on any cluster">
      No workload names this resource, neither by{' '}
      <code>promptside.io/entity-ref</code> nor by the label{' '}
      <code>backstage.io/kubernetes-id</code>.
    </StatePanel>
  );
}
