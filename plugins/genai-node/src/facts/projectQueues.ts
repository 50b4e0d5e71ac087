import { readAcceleratorResource } from '../accelerators/registry';
import { parseDeviceCount } from '../quantities';
import { asIdentified, asNamespaced, identityOf } from './identity';
import { intern } from './intern';
import type {
  AdmissionCheckFact,
  ClusterQueueFact,
  CohortFact,
  FlavorQuotaFact,
  LocalQueueFact,
  QueueStopFact,
  ResourceFlavorFact,
} from './QueueFacts';
import { readConditions } from './projectWorkload';
import type { RawObject } from './raw';

interface RawUsage {
  name?: string;
  resources?: { name?: string; total?: unknown }[];
}

/** As much of Kueue's queues as is read (kueue.x-k8s.io v1beta1 and v1beta2 at 013c8f2; only the cohort's field has two names). */
interface RawQueue {
  spec?: {
    clusterQueue?: string;
    stopPolicy?: string;
    cohort?: string;
    cohortName?: string;
    /** Of a Cohort; `parent` up to v1alpha1. */
    parentName?: string;
    parent?: string;
    admissionChecks?: string[];
    admissionChecksStrategy?: {
      admissionChecks?: { name?: string; onFlavors?: string[] }[];
    };
    namespaceSelector?: { matchLabels?: object; matchExpressions?: unknown[] };
    resourceGroups?: {
      coveredResources?: string[];
      flavors?: {
        name?: string;
        resources?: {
          name?: string;
          nominalQuota?: unknown;
          borrowingLimit?: unknown;
          lendingLimit?: unknown;
        }[];
      }[];
    }[];
    nodeLabels?: Record<string, string>;
  };
  status?: {
    pendingWorkloads?: number;
    flavorsReservation?: RawUsage[];
    flavorsUsage?: RawUsage[];
  };
}

/** Node labels of products, of all vendors. */
const PRODUCT_LABEL =
  /^(nvidia\.com\/(gpu|mig-[0-9a-z.]+)\.product|amd\.com\/gpu\.product-name|gpu\.intel\.com\/product)$/;

/** Kueue's LocalQueue. */
export function projectLocalQueue(raw: unknown): LocalQueueFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawQueue;
  const stopped = stopOf(object, spec?.stopPolicy);
  return {
    resource: 'localqueues',
    ...identityOf(object),
    clusterQueue: intern(spec?.clusterQueue ?? ''),
    ...(stopped ? { stopped } : {}),
    ...(status?.pendingWorkloads === undefined
      ? {}
      : { pending: status.pendingWorkloads }),
  };
}

/** Kueue's ClusterQueue. */
export function projectClusterQueue(
  raw: unknown,
): ClusterQueueFact | undefined {
  const object = asIdentified(raw);
  if (!object) return undefined;
  const { spec = {}, status = {} } = raw as RawQueue;
  const { uid, name } = object.metadata;
  const stopped = stopOf(object, spec.stopPolicy);
  const cohort = spec.cohortName ?? spec.cohort;
  const groups = spec.resourceGroups ?? [];
  const admissionChecks = admissionChecksOf(spec);
  return {
    resource: 'clusterqueues',
    uid,
    name,
    ...(cohort ? { cohort: intern(cohort) } : {}),
    ...(stopped ? { stopped } : {}),
    takes: takesOf(spec.namespaceSelector),
    covered: groups
      .flatMap(({ coveredResources = [] }) => coveredResources)
      .map(intern),
    quotas: quotasOf(spec, usageOf(status)),
    ...(admissionChecks.length > 0 ? { admissionChecks } : {}),
  };
}

/** Kueue's Cohort. */
export function projectCohort(raw: unknown): CohortFact | undefined {
  const object = asIdentified(raw);
  if (!object) return undefined;
  const { spec = {} } = raw as RawQueue;
  const parent = spec.parentName ?? spec.parent;
  return {
    resource: 'cohorts',
    uid: object.metadata.uid,
    name: object.metadata.name,
    ...(parent ? { parent: intern(parent) } : {}),
    quotas: quotasOf(spec, new Map()),
  };
}

type RawQueueSpec = NonNullable<RawQueue['spec']>;

/** v1beta1 has a plain list of names, too. */
function admissionChecksOf({
  admissionChecks = [],
  admissionChecksStrategy,
}: RawQueueSpec): AdmissionCheckFact[] {
  return [
    ...admissionChecks.map(name => ({ name: intern(name) })),
    ...(admissionChecksStrategy?.admissionChecks ?? []).flatMap(
      ({ name, onFlavors = [] }) =>
        name
          ? [
              {
                name: intern(name),
                ...(onFlavors.length > 0
                  ? { flavors: onFlavors.map(intern) }
                  : {}),
              },
            ]
          : [],
    ),
  ];
}

/** Quotas of devices, with what is taken of them where that is told. */
function quotasOf(
  { resourceGroups = [] }: RawQueueSpec,
  used: ReadonlyMap<string, number>,
): FlavorQuotaFact[] {
  return resourceGroups.flatMap(({ flavors = [] }) =>
    flavors.flatMap(({ name: flavor = '', resources = [] }) =>
      resources.flatMap<FlavorQuotaFact>(quota => {
        const nominal = parseDeviceCount(quota.nominalQuota);
        const borrowingLimit = parseDeviceCount(quota.borrowingLimit);
        const lendingLimit = parseDeviceCount(quota.lendingLimit);
        const taken = used.get(`${flavor}/${quota.name}`);
        return nominal !== undefined &&
          readAcceleratorResource(quota.name ?? '')
          ? [
              {
                flavor: intern(flavor),
                resource: intern(quota.name ?? ''),
                nominal,
                ...(borrowingLimit === undefined ? {} : { borrowingLimit }),
                ...(lendingLimit === undefined ? {} : { lendingLimit }),
                ...(taken === undefined ? {} : { used: taken }),
              },
            ]
          : [];
      }),
    ),
  );
}

/** Kueue's ResourceFlavor. */
export function projectResourceFlavor(
  raw: unknown,
): ResourceFlavorFact | undefined {
  const object = asIdentified(raw);
  if (!object) return undefined;
  const { nodeLabels = {} } = (raw as RawQueue).spec ?? {};
  return {
    resource: 'resourceflavors',
    uid: object.metadata.uid,
    name: object.metadata.name,
    products: Object.fromEntries(
      Object.entries(nodeLabels).filter(([label]) => PRODUCT_LABEL.test(label)),
    ),
  };
}

/** A person's stop goes before what the controller says of it. */
function stopOf(
  object: RawObject,
  stopPolicy: string | undefined,
): QueueStopFact | undefined {
  if (stopPolicy && stopPolicy !== 'None')
    return { reason: intern(stopPolicy) };
  const inactive = readConditions(object).find(
    ({ type, status }) => type === 'Active' && status === 'False',
  );
  return (
    inactive && {
      reason: inactive.reason ?? 'Inactive',
      ...(inactive.message ? { message: inactive.message } : {}),
    }
  );
}

/** No selector selects nothing, an empty one everything. */
function takesOf(
  selector: NonNullable<RawQueue['spec']>['namespaceSelector'],
): ClusterQueueFact['takes'] {
  if (!selector) return 'None';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return Object.keys(matchLabels).length + matchExpressions.length === 0
    ? 'All'
    : 'Some';
}

/** Quota in use by flavor and resource. What is reserved holds what is admitted, and what is about to be. */
function usageOf({
  flavorsReservation,
  flavorsUsage = [],
}: NonNullable<RawQueue['status']>): Map<string, number> {
  return new Map(
    (flavorsReservation ?? flavorsUsage).flatMap(
      ({ name: flavor, resources = [] }) =>
        resources.flatMap(({ name, total }) => {
          // a quantity of 0 may be left out
          const count = parseDeviceCount(total ?? 0);
          return count === undefined
            ? []
            : [[`${flavor}/${name}`, count] as const];
        }),
    ),
  );
}
