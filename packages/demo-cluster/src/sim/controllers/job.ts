import { Cluster } from '../Cluster';
import { findCondition, withCondition } from '../conditions';
import { EventRecorder } from '../EventRecorder';
import { Condition } from '../kubeTypes';
import { buildPod, generatedName } from '../podFactory';
import { PodControl } from '../PodControl';
import { hasEnded, isPodActive, isPodReady } from '../podReadiness';
import { objectKey, SimController, splitKey } from '../SimController';
import { Job } from '../workloadTypes';
import { ownerKeys } from './ownerKeys';

const COMPONENT = 'job-controller';
const RETRY_MS = 15_000;
/** Pods of a failed attempt are replaced after 10 s, doubling up to 10 min. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 600_000;

const isFinished = (job: Job) =>
  ['Complete', 'Failed'].some(
    type => findCondition(job.status?.conditions, type)?.status === 'True',
  );

/**
 * Runs Jobs to completion: as many pods at once as `parallelism` allows, new ones for failed ones up to `backoffLimit`.
 */
export function createJobController(
  cluster: Cluster,
  pods: PodControl,
  events: EventRecorder,
  pace: (simulatedMs: number) => number,
): SimController {
  const random = cluster.random.fork(`job/${cluster.clock.now()}`);

  /** The selector and labels that the API server generates for a Job without a selector of its own. */
  const withSelector = (job: Job): Job => {
    const uid = job.metadata.uid ?? '';
    if (job.spec.selector) {
      return job;
    }
    const generated = { 'batch.kubernetes.io/controller-uid': uid };
    return (
      cluster.modify('jobs', job, current => ({
        ...current,
        spec: {
          ...current.spec,
          selector: { matchLabels: generated },
          template: {
            ...current.spec.template,
            metadata: {
              ...current.spec.template.metadata,
              labels: {
                ...current.spec.template.metadata?.labels,
                ...generated,
                'batch.kubernetes.io/job-name': current.metadata.name,
                'controller-uid': uid,
                'job-name': current.metadata.name,
              },
            },
          },
        },
      })) ?? job
    );
  };

  const finish = (job: Job, conditions: Condition[], status: Job['status']) => {
    cluster.modify(
      'jobs',
      job,
      current => ({
        ...current,
        status: {
          ...status,
          ready: 0,
          terminating: 0,
          uncountedTerminatedPods: {},
          conditions: conditions.reduce(
            (list, condition) =>
              withCondition(
                list,
                { ...condition, lastProbeTime: cluster.timestamp() },
                cluster.timestamp(),
              ),
            current.status?.conditions ?? [],
          ),
        },
      }),
      'status',
    );
  };

  const complete = (job: Job, status: NonNullable<Job['status']>) => {
    const text = {
      status: 'True' as const,
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    };
    finish(
      job,
      [
        { type: 'SuccessCriteriaMet', ...text },
        { type: 'Complete', ...text },
      ],
      { ...status, completionTime: cluster.timestamp() },
    );
    events.record(job, {
      type: 'Normal',
      reason: 'Completed',
      message: 'Job completed',
      component: COMPONENT,
    });
  };

  const fail = (
    job: Job,
    status: NonNullable<Job['status']>,
    reason: string,
    message: string,
  ) => {
    const text = { status: 'True' as const, reason, message };
    finish(
      job,
      [
        { type: 'FailureTarget', ...text },
        { type: 'Failed', ...text },
      ],
      status,
    );
    events.record(job, {
      type: 'Warning',
      reason,
      message,
      component: COMPONENT,
    });
  };

  const expire = (job: Job): number | undefined => {
    const ttl = job.spec.ttlSecondsAfterFinished;
    const finishedAt = findCondition(
      job.status?.conditions?.filter(({ type }) =>
        ['Complete', 'Failed'].includes(type),
      ),
      job.status?.completionTime ? 'Complete' : 'Failed',
    )?.lastTransitionTime;
    if (ttl === undefined || !finishedAt) {
      return undefined;
    }
    const inMs = Date.parse(finishedAt) + ttl * 1000 - cluster.clock.now();
    if (inMs > 0) {
      return inMs;
    }
    cluster.remove('jobs', job);
    return undefined;
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('jobs').map(objectKey),
    keysOf: change => ownerKeys(change, 'jobs', 'Job', ['pods']),
    reconcile(key) {
      const found = cluster.get('jobs', ...splitKey(key));
      if (!found || found.metadata.deletionTimestamp) {
        return undefined;
      }
      if (isFinished(found)) {
        return expire(found);
      }
      const job = withSelector(found);
      const owned = cluster.controlledBy('pods', job.metadata.uid);
      const succeeded = owned.filter(
        ({ status }) => status?.phase === 'Succeeded',
      ).length;
      const failures = owned.filter(({ status }) => status?.phase === 'Failed');
      const active = owned.filter(isPodActive);
      const startTime = job.status?.startTime ?? cluster.timestamp();
      const status: NonNullable<Job['status']> = {
        startTime,
        ...(succeeded > 0 && { succeeded }),
        ...(failures.length > 0 && { failed: failures.length }),
      };
      const parallelism = job.spec.suspend ? 0 : (job.spec.parallelism ?? 1);
      const completions = job.spec.completions ?? parallelism;
      const now = cluster.clock.now();
      const deadline =
        job.spec.activeDeadlineSeconds === undefined
          ? undefined
          : Date.parse(startTime) + job.spec.activeDeadlineSeconds * 1000;
      const stopAll = () =>
        active.forEach(pod => pods.remove(job, pod, COMPONENT));
      const restarts = active.reduce(
        (sum, pod) =>
          sum +
          (pod.status?.containerStatuses ?? []).reduce(
            (count, { restartCount }) => count + restartCount,
            0,
          ),
        0,
      );
      if (succeeded >= completions && !job.spec.suspend) {
        complete(job, status);
        return 0;
      }
      if (failures.length + restarts > (job.spec.backoffLimit ?? 6)) {
        stopAll();
        fail(
          job,
          status,
          'BackoffLimitExceeded',
          'Job has reached the specified backoff limit',
        );
        return 0;
      }
      if (deadline !== undefined && now >= deadline) {
        stopAll();
        fail(
          job,
          status,
          'DeadlineExceeded',
          'Job was active longer than specified deadline',
        );
        return 0;
      }
      const lastFailureAt = Math.max(
        0,
        ...failures.flatMap(pod =>
          (pod.status?.containerStatuses ?? []).map(
            ({ state }) => Date.parse(state.terminated?.finishedAt ?? '') || 0,
          ),
        ),
      );
      const retryInMs =
        lastFailureAt +
        pace(
          Math.min(
            LONGEST_RETRY_MS,
            FIRST_RETRY_MS * 2 ** (failures.length - 1),
          ),
        ) -
        now;
      const wanted = Math.min(parallelism, completions - succeeded);
      let wakeInMs = deadline === undefined ? Infinity : deadline - now;
      let created = 0;
      if (failures.length > 0 && retryInMs > 0) {
        wakeInMs = Math.min(wakeInMs, retryInMs);
      } else {
        for (; active.length + created < wanted; created++) {
          const result = pods.create(
            job,
            buildPod({
              owner: job,
              template: job.spec.template,
              name: generatedName(job.metadata.name, random),
            }),
            COMPONENT,
          );
          if ('refusal' in result) {
            wakeInMs = Math.min(wakeInMs, RETRY_MS);
            break;
          }
        }
      }
      active
        .slice(0, Math.max(0, active.length - wanted))
        .forEach(pod => pods.remove(job, pod, COMPONENT));
      const activeCount = Math.min(active.length, wanted) + created;
      cluster.modify(
        'jobs',
        job,
        current => ({
          ...current,
          status: {
            ...current.status,
            ...status,
            active: activeCount,
            ready: active.filter(isPodReady).length,
            terminating: owned.filter(
              pod => pod.metadata.deletionTimestamp && !hasEnded(pod),
            ).length,
            uncountedTerminatedPods: {},
          },
        }),
        'status',
      );
      return Number.isFinite(wakeInMs) ? Math.max(0, wakeInMs) : undefined;
    },
  };
}
