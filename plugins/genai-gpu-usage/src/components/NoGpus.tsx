import MemoryIcon from '@material-ui/icons/Memory';
import { StatePanel } from '@promptside/backstage-plugin-genai-react';

/** No node of any cluster offers a GPU: either there is none, or nobody advertises it. */
export function NoGpus() {
  return (
    <StatePanel icon={<MemoryIcon />} title="No node offers a GPU">
      A GPU shows up once a device plugin advertises it as{' '}
      <code>nvidia.com/gpu</code>, <code>amd.com/gpu</code> or{' '}
      <code>gpu.intel.com/*</code>. If the clusters have GPUs, install the GPU
      operator or device plugin of their vendor on them.
    </StatePanel>
  );
}
