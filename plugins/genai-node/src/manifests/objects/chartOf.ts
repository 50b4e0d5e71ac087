import {
  CHART_SHM_VOLUME,
  SUBSTRATUS_CHART,
} from '../../servingRuntimes/tgiSubstratus/chart';
import type { ServiceObject } from './access';
import type { DeploymentObject } from './deployment';

/** Label of Helm that the chart writes and no patch takes away. */
const CHART_LABEL = {
  'helm.sh/chart': `${SUBSTRATUS_CHART.name}-${SUBSTRATUS_CHART.version}`,
};

/** A Deployment of ours as chart and patch together make it. */
export function asChartDeployment(
  deployment: DeploymentObject,
): DeploymentObject {
  const { spec } = deployment;
  const pod = spec.template.spec!;
  const renamed = <T extends { name: string }>(each: T): T =>
    each.name === 'shm' ? { ...each, name: CHART_SHM_VOLUME } : each;
  return {
    ...withChartLabel(deployment),
    spec: {
      ...spec,
      template: {
        ...spec.template,
        spec: {
          ...pod,
          containers: pod.containers.map(container => ({
            ...container,
            volumeMounts: container.volumeMounts?.map(renamed),
          })),
          volumes: pod.volumes?.map(renamed),
        },
      },
    },
  };
}

/** A Service of ours as chart and patch together make it. */
export function asChartService(service: ServiceObject): ServiceObject {
  return withChartLabel(service);
}

function withChartLabel<T extends ServiceObject | DeploymentObject>(
  object: T,
): T {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, ...CHART_LABEL },
    },
  };
}
