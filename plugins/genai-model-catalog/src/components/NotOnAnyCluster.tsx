import { StatePanel } from '@promptside/backstage-plugin-genai-react';

/** Stands for the servers of a component that no workload names. */
export function NotOnAnyCluster() {
  return (
    <StatePanel dense title="Not on any cluster">
      No workload names this component. Either its manifests are not applied
      yet, or they carry neither <code>promptside.io/entity-ref</code> nor the
      label <code>backstage.io/kubernetes-id</code> of this component.
    </StatePanel>
  );
}
