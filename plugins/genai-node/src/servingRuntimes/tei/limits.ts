import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import {
  noFp8Cache,
  notice,
  platformLimits,
  quantizationLimits,
  refusal,
} from '../commonLimits';
import type { LimitsQuestion } from '../EngineSpoke';

const UNSUPPORTED = {
  amd: {
    because: 'its support of ROCm is experimental and no image is published',
    buildable: true,
  },
} as const;

const LOADABLE = new Set(['none'] as const);

/** Architectures whose images the project calls experimental. */
const EXPERIMENTAL = new Set([7.5, 10, 12]);

/** Known limits of TEI. */
export function teiLimits(question: LimitsQuestion): PlanReason[] {
  const { product, deviceName, gpuCount } = question;
  const capability = product?.computeCapability;
  return [
    ...platformLimits('TEI', question, UNSUPPORTED),
    ...quantizationLimits('TEI', question, LOADABLE),
    ...noFp8Cache('TEI', question),
    ...(gpuCount > 1
      ? [
          refusal(
            'SingleGpu',
            'gpuCount',
            `TEI uses one GPU and ${gpuCount} are asked for. Ask for one, and for more replicas.`,
          ),
        ]
      : []),
    ...(capability !== undefined && capability < 7.5
      ? [
          refusal(
            'GpuTooOld',
            'product',
            `${deviceName} has compute capability ${capability.toFixed(1)}; TEI needs at least 7.5. Choose a newer GPU.`,
          ),
        ]
      : []),
    ...(capability !== undefined && EXPERIMENTAL.has(capability)
      ? [
          notice(
            'ExperimentalImage',
            `The project calls TEI's image for ${deviceName} experimental.`,
            'Warning',
          ),
        ]
      : []),
  ];
}
