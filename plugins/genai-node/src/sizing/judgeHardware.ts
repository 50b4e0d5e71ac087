import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import { formatCount, plural } from './format';
import { placeableReplicas, type HardwareShape } from './hardwareShapes';
import { judgeQuota } from './judgeQuota';
import { judgeStorage } from './judgeStorage';

/** Whether the devices are there and free, the namespace may have them, and the volume can be made. */
export function judgeHardware(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  return [
    ...judgeDevices(ask, shape, gpuCount),
    ...judgeQuota(ask, shape, gpuCount),
    ...judgeStorage(ask, shape.cluster),
  ];
}

function judgeDevices(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  if (gpuCount > shape.largestNode) {
    return [
      {
        code: 'NodeTooSmall',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `No node of cluster ${shape.cluster} has ${plural(
          gpuCount,
          'GPU',
        )} ${shape.name}: the largest has ${formatCount(
          shape.largestNode,
        )}, and a replica lies on one node. Choose a gpuCount of at most ${formatCount(
          shape.largestNode,
        )} or another GPU.`,
      },
    ];
  }
  const placeable = placeableReplicas(shape, gpuCount);
  const asked = ask.replicas * gpuCount;
  const free = `Cluster ${shape.cluster} has ${formatCount(
    shape.freeCount,
  )} free ${shape.name}`;
  if (placeable < ask.replicas) {
    const spread =
      shape.freeCount >= asked
        ? `, but no node has enough of them for ${
            placeable === 0 ? 'a replica' : 'all replicas'
          }`
        : '';
    return [
      {
        code: 'NoFreeGpus',
        field: placeable === 0 ? 'gpuCount' : 'replicas',
        severity: 'Blocking',
        message: `${free}${spread}; ${plural(
          ask.replicas,
          'replica',
        )} of ${plural(gpuCount, 'GPU')} need ${formatCount(asked)}. ${
          placeable === 0
            ? 'Wait until some are given back, or choose another GPU'
            : `Choose at most ${plural(placeable, 'replica')}, or another GPU`
        }.`,
      },
    ];
  }
  return shape.freeCount === asked
    ? [
        {
          code: 'LastGpus',
          severity: 'Warning',
          message: `${free} and all of them are taken: nothing is left for a rollout without a pause.`,
        },
      ]
    : [];
}
