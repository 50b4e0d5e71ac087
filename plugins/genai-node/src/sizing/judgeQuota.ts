import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import { formatCount, plural } from './format';
import type { HardwareShape } from './hardwareShapes';
import type { InventoryQuota } from './PlanInventory';
import { quotaNeeds } from './quotaNeeds';

/** Whether the ResourceQuotas of the namespace leave enough, in numbers. */
export function judgeQuota(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  const { namespace, quotaKnown } = ask;
  if (!namespace || !quotaKnown) return [unknownQuota(namespace)];
  const here = (line: InventoryQuota) =>
    line.namespace === namespace &&
    (line.cluster === undefined || line.cluster === shape.cluster);
  const ofNamespace = ask.quota.filter(here);
  const anyQuota =
    ask.quotaClusters?.includes(shape.cluster) ?? ofNamespace.length > 0;
  const lines = ofNamespace.filter(
    line => line.resource.replace(/^requests\./, '') === shape.resource,
  );
  return [
    ...(lines.length === 0
      ? [noQuota(shape, namespace, anyQuota, ask.requireQuota)]
      : lines.flatMap(line => judgeDevices(ask, line, shape, gpuCount))),
    ...judgeOthers(ask, ask.otherQuota.filter(here), shape, gpuCount),
  ];
}

function unknownQuota(namespace: string | undefined): PlanReason {
  return {
    code: 'QuotaUnknown',
    field: 'namespace',
    severity: 'Info',
    message: namespace
      ? `The ResourceQuota of namespace ${namespace} is not known: it may still refuse the GPUs.`
      : 'No namespace was named, so no ResourceQuota was checked. Name one to be sure.',
  };
}

/** A namespace that may take what it likes is a fact to know, and a fault where the platform team says so. */
function noQuota(
  { resource }: HardwareShape,
  namespace: string,
  anyQuota: boolean,
  required: boolean,
): PlanReason {
  const state = anyQuota
    ? `Namespace ${namespace} has no ResourceQuota on ${resource}: only free GPUs limit it`
    : `Namespace ${namespace} has no ResourceQuota: nothing limits the GPUs, cores, memory and storage it takes but what is free`;
  return required
    ? {
        code: 'QuotaRequired',
        field: 'namespace',
        severity: 'Blocking',
        message: `${state}, and this portal requires a limit. Ask the platform team for a ResourceQuota with requests.${resource}, or choose a namespace that has one.`,
      }
    : {
        code: 'NoQuota',
        field: 'namespace',
        severity: 'Info',
        message: `${state}.`,
      };
}

function judgeDevices(
  { replicas }: Ask,
  line: InventoryQuota,
  { resource }: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  const asked = replicas * gpuCount;
  const needs = `${plural(replicas, 'replica')} of ${plural(gpuCount, 'GPU')} need ${formatCount(asked)}`;
  if (line.hard === 0) {
    return [
      exceeded(
        line,
        `${nameOf(line)} allows no ${resource} (0); ${needs}. Choose another GPU or namespace, or ask the platform team for quota.`,
      ),
    ];
  }
  const state = `${nameOf(line)} allows ${formatCount(
    line.hard,
  )} ${resource}, of which ${formatCount(line.left)} are left`;
  if (line.left < asked) {
    return [
      exceeded(
        line,
        `${state}; ${needs}. Choose fewer replicas or GPUs, give some back, or ask for more quota.`,
      ),
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
}

/** Cores, memory, storage and objects. */
function judgeOthers(
  ask: Ask,
  lines: readonly InventoryQuota[],
  { resource, cluster }: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  if (lines.length === 0) return [];
  const needs = quotaNeeds(ask, gpuCount, cluster);
  return lines.flatMap(line => {
    const need = needs(line.resource);
    if (!need || need.amount <= line.left) return [];
    return [
      exceeded(
        line,
        `${nameOf(line)} allows ${need.format(line.hard)} ${line.resource}, of which ${need.format(
          line.left,
        )} are left; ${plural(ask.replicas, 'replica')} of ${plural(
          gpuCount,
          'GPU',
        )} ${resource} need ${need.format(need.amount)}. Choose ${
          ask.replicas > 1 ? 'fewer replicas' : 'a smaller model'
        }, give some back, or ask for more quota.`,
      ),
    ];
  });
}

/** What refuses the pods; a quota of which it is not known whether it counts them only may. */
function exceeded(line: InventoryQuota, message: string): PlanReason {
  return line.someOnly
    ? {
        code: 'QuotaScopeUnknown',
        field: 'namespace',
        severity: 'Warning',
        message: `${message} It counts only pods of a priority class; whether these are among them is not known.`,
      }
    : {
        code: 'QuotaExceeded',
        field: 'namespace',
        severity: 'Blocking',
        message,
      };
}

function nameOf({ name, namespace }: InventoryQuota): string {
  return `ResourceQuota ${name} of namespace ${namespace}`;
}
