import type {
  InferenceSpec,
  Model,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import { notice } from '../servingRuntimes/commonLimits';
import { engineLimits } from '../servingRuntimes/engineLimits';
import { engineQuestion } from '../servingRuntimes/engineQuestion';
import { sharedWeightsLimits } from '../servingRuntimes/sharedWeightsLimits';
import { imagesOf } from '../servingRuntimes/EngineRegistry';
import { engineOf, withEngine } from '../servingRuntimes/engineOf';
import type { RenderOptions } from './buildInferenceObjects';
import { deliveryNotices } from './delivery/deliveryNotices';

/**
 * What a person should know of a service that renders: the engine's state as a project, why its pods are no stricter, what it
 * does otherwise than expected. Reasons against it are thrown by {@link buildInferenceObjects}.
 *
 * @public
 */
export function inferenceNotices(
  wanted: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): PlanReason[] {
  const spec = withEngine(wanted, options.engines);
  const question = engineQuestion(spec, model, imagesOf(options));
  const spoke = engineOf(spec);
  return [
    ...engineLimits(spoke, question),
    ...spoke.specLimits(question),
    ...sharedWeightsLimits(spoke, question),
    ...deliveryNotices(spec),
    ...(spec.spec.exposure
      ? [
          notice(
            'ExposedWithoutLogin',
            `Whoever reaches ${spec.spec.exposure.host} may use the model: the engine asks for no login. Put authentication into the gateway.`,
            'Warning',
          ),
        ]
      : []),
  ].filter(({ severity }) => severity !== 'Blocking');
}
