import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { notice, platformLimits, refusal } from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';
import { TGI_NOTICE, tgiLimits, tgiSpecLimits } from '../tgi/limits';

/** State of both projects. */
export const TGI_SUBSTRATUS_NOTICE = `${TGI_NOTICE} The Substratus AI chart (0.1.1) has not changed since 2024-08.`;

/** Known limits of TGI in the Substratus AI chart. */
export function tgiSubstratusLimits(question: LimitsQuestion): PlanReason[] {
  return [
    ...platformLimits('The Substratus AI chart', question, {
      cpu: { because: 'it deploys TGI, which is offered for GPUs alone' },
    }),
    ...tgiLimits(question).filter(({ code }) => code !== 'VendorNotSupported'),
    notice(
      'ChartIsPatched',
      'The chart has no probes, model cache, service account, strategy or metrics: a Kustomize patch over it adds them. Build with "kustomize build --enable-helm" and Helm 3, for Kustomize 5.7 does not speak Helm 4; a plain helm install leaves them out.',
      'Warning',
    ),
  ];
}

/** What only a spec tells. */
export function tgiSubstratusSpecLimits(
  question: EngineQuestion,
): PlanReason[] {
  const { image } = question.spec.spec.engine;
  return [
    ...tgiSpecLimits(question),
    ...(image?.includes('@')
      ? [
          refusal(
            'DigestNotSupported',
            'image',
            'the Substratus AI chart joins repository and tag, so that a digest cannot be given: name a tag',
          ),
        ]
      : []),
  ];
}
