import { Cluster } from '../Cluster';
import { findCondition } from '../conditions';
import { ProgramExit } from './ContainerProgram';

/**
 * How a container that waits for a Job ends: well when the Job is complete or gone already, with an error when it failed, and not
 * at all while it works.
 */
export function endOfJobWait(
  cluster: Cluster,
  namespace: string | undefined,
  name: string,
): Omit<ProgramExit, 'afterMs'> | undefined {
  const job = cluster.get('jobs', namespace, name);
  const has = (type: string) =>
    findCondition(job?.status?.conditions, type)?.status === 'True';
  if (!job || has('Complete')) {
    return { exitCode: 0, reason: 'Completed' };
  }
  return has('Failed')
    ? {
        exitCode: 1,
        reason: 'Error',
        message: `The weights cannot be downloaded: Job ${name} failed`,
      }
    : undefined;
}
