import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import { formatCount, plural } from './format';
import { placeableReplicas, type HardwareShape } from './hardwareShapes';

/** Whether the devices are there and free, and the namespace may have them. */
export function judgeHardware(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  return [
    ...judgeDevices(ask, shape, gpuCount),
    ...judgeQuota(ask, shape, gpuCount),
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

function judgeQuota(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  const { namespace, quota, quotaKnown, replicas } = ask;
  if (!namespace || !quotaKnown) {
    return [
      {
        code: 'QuotaUnknown',
        field: 'namespace',
        severity: 'Info',
        message: namespace
          ? `The ResourceQuota of namespace ${namespace} is not known: it may still refuse the GPUs.`
          : 'No namespace was named, so no ResourceQuota was checked. Name one to be sure.',
      },
    ];
  }
  const lines = quota.filter(
    line =>
      line.namespace === namespace &&
      (line.cluster === undefined || line.cluster === shape.cluster) &&
      line.resource.replace(/^requests\./, '') === shape.resource,
  );
  if (lines.length === 0) {
    return [
      {
        code: 'NoQuota',
        field: 'namespace',
        severity: 'Info',
        message: `Namespace ${namespace} has no ResourceQuota on ${shape.resource}: only free GPUs limit it.`,
      },
    ];
  }
  const asked = replicas * gpuCount;
  return lines.flatMap<PlanReason>(line => {
    const state = `ResourceQuota ${line.name} of namespace ${namespace} allows ${formatCount(
      line.hard,
    )} ${shape.resource}, of which ${formatCount(line.left)} are left`;
    if (line.left < asked) {
      return [
        {
          code: 'QuotaExceeded',
          field: 'namespace',
          severity: 'Blocking',
          message: `${state}; ${plural(replicas, 'replica')} of ${plural(
            gpuCount,
            'GPU',
          )} need ${formatCount(asked)}. Choose fewer replicas or GPUs, give some back, or ask for more quota.`,
        },
      ];
    }
    return line.left === asked
      ? [
          {
            code: 'QuotaUsedUp',
            field: 'namespace',
            severity: 'Warning',
            message: `${state}: this service takes the last of them.`,
          },
        ]
      : [];
  });
}
