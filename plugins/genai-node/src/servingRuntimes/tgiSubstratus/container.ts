import type { EngineContainer, EngineQuestion } from '../EngineSpoke';
import { tgiContainer } from '../tgi/container';
import { SUBSTRATUS_CHART } from './chart';

/** TGI's container under the name that the chart gives it, by which patches find it. */
export function tgiSubstratusContainer(
  question: EngineQuestion,
): EngineContainer {
  return { ...tgiContainer(question), name: SUBSTRATUS_CHART.name };
}
