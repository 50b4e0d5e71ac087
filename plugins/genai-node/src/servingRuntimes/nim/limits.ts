import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { notice, platformLimits, refusal } from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';
import { engineImage } from '../images';

const NVIDIA_ONLY = { because: 'NVIDIA builds it for its own GPUs' } as const;

/** Known limits of NIM. */
export function nimLimits(question: LimitsQuestion): PlanReason[] {
  const { quantization, kvCacheDtype, product, deviceName } = question;
  const refused = platformLimits('NIM', question, {
    amd: NVIDIA_ONLY,
    intel: NVIDIA_ONLY,
    gaudi: NVIDIA_ONLY,
    cpu: NVIDIA_ONLY,
  });
  if (refused.length > 0) return refused;
  const capability = product?.computeCapability;
  return [
    ...(question.ownImage || engineImage('nim', question)
      ? []
      : [
          refusal(
            'NoNimForModel',
            'image',
            `NIM has an image for each model, and none is pinned for ${question.modelId}. Name the image, or choose another engine.`,
          ),
        ]),
    ...(quantization === 'none'
      ? []
      : [
          refusal(
            'QuantizationNotSupported',
            'quantization',
            'NIM chooses the weights by its own profiles. Leave the quantization out.',
          ),
        ]),
    ...(kvCacheDtype === 'auto'
      ? []
      : [
          refusal(
            'KvCacheDtypeNotSupported',
            'kvCacheDtype',
            "NIM's profiles decide on the KV cache. Choose kvCacheDtype auto.",
          ),
        ]),
    ...(capability !== undefined && capability < 7.5
      ? [
          refusal(
            'GpuTooOld',
            'product',
            `${deviceName} has compute capability ${capability.toFixed(1)}; NIM 2.0 needs at least 7.5. Choose a newer GPU.`,
          ),
        ]
      : []),
    ...(question.sharing === 'Whole'
      ? []
      : [
          notice(
            'ProfileForSliceUnsure',
            'NIM looks for a profile by the GPU it finds; for a slice or a shared GPU there may be none.',
            'Warning',
          ),
        ]),
    notice(
      'NeedsLicence',
      "NIM needs NVIDIA's NIM operator in the cluster and an NVIDIA AI Enterprise licence in production.",
    ),
  ];
}

/** What only a spec tells. */
export function nimSpecLimits({ spec }: EngineQuestion): PlanReason[] {
  const { engine, model, replicas, storage } = spec.spec;
  return [
    ...(engine.authSecret
      ? []
      : [
          refusal(
            'AuthSecretMissing',
            'authSecret',
            'NIM downloads its weights from NGC: put a key into a Secret as NGC_API_KEY and name that here',
          ),
        ]),
    ...(engine.imagePullSecret || engine.image
      ? []
      : [
          refusal(
            'PullSecretMissing',
            'imagePullSecret',
            'nvcr.io/nim asks for a login (user $oauthtoken): name a Secret of type kubernetes.io/dockerconfigjson',
          ),
        ]),
    ...(replicas > 1 && storage.accessMode !== 'ReadWriteMany'
      ? [
          refusal(
            'SharedCacheNeeded',
            'accessMode',
            'The NIM operator gives all replicas one volume: choose ReadWriteMany, or one replica',
          ),
        ]
      : []),
    ...(model.revision
      ? [
          notice(
            'RevisionByImage',
            "A NIM's weights are pinned by its image, the revision is only noted.",
          ),
        ]
      : []),
  ];
}
