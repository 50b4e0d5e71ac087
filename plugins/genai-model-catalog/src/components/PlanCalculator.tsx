import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import {
  genaiInferencePlanPermission,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  PageState,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { parametersOf, PLAN_KEYS, planQuestion } from '../planParameters';
import { DeployButton } from './DeployButton';
import { PlanFields } from './PlanFields';
import { PlanVerdict } from './PlanVerdict';
import { useInferencePlan } from './useInferencePlan';

/** Whether the model fits what is free now, with the memory of each GPU, while context and replicas are moved. */
export function PlanCalculator({ model }: { model: Model }) {
  const [parameters, setParameters] = useUrlFilters(PLAN_KEYS);
  const { request, faults } = planQuestion(model, parameters);
  const plan = useInferencePlan(request);
  const deploy = request && {
    contextLength: request.contextLength,
    replicas: request.replicas,
    ...(request.cluster ? { target: { cluster: request.cluster } } : {}),
  };
  return (
    <EntityInfoCard
      title="Plan"
      headerActions={<DeployButton main model={model} values={deploy} />}
    >
      <PlanFields
        model={model}
        parameters={parameters}
        faults={faults ?? {}}
        plan={plan.value}
        onChange={setParameters}
      />
      <PageState
        dense
        resource={plan}
        what="Plan"
        permission={genaiInferencePlanPermission.name}
        needs={['nodes']}
        isEmpty={() => false}
        empty={null}
      >
        {value => (
          <section aria-label="Verdict" aria-live="polite">
            <PlanVerdict
              plan={value}
              onUse={candidate => setParameters(parametersOf(candidate))}
            />
          </section>
        )}
      </PageState>
    </EntityInfoCard>
  );
}
