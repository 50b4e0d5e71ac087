import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { modelCacheBytes } from '../sizing/modelCacheBytes';
import { formatGib } from '../sizing/format';
import { parseQuantity } from '../quantities';
import { notice, refusal } from './commonLimits';
import type { EngineQuestion, EngineSpoke } from './EngineSpoke';
import { sharesWeights } from './modelSource';

/** Why an engine cannot read weights from a shared volume; empty where it can. */
export function sharedWeightsRefusal({
  title,
  bringsWeights,
}: Pick<EngineSpoke, 'title' | 'bringsWeights'>): PlanReason[] {
  return bringsWeights
    ? [
        refusal(
          'SharedWeightsNotSupported',
          'storageMode',
          `${title} does not read weights that a Job has downloaded: ${bringsWeights}. Choose storage mode PerReplica, or another engine.`,
        ),
      ]
    : [];
}

/** What speaks against the shared volume of a spec, or should be known of it. */
export function sharedWeightsLimits(
  spoke: EngineSpoke,
  { spec, model, weightsBytes }: EngineQuestion,
): PlanReason[] {
  if (!sharesWeights(spec)) return [];
  const { storage, model: asked } = spec.spec;
  const size = parseQuantity(storage.size) ?? 0;
  const one = model ? modelCacheBytes(weightsBytes) : 0;
  return [
    ...sharedWeightsRefusal(spoke),
    ...(asked.revision
      ? []
      : [
          refusal(
            'RevisionMissing',
            'revision',
            'a shared volume holds one commit: give its 40 hexadecimal digits',
          ),
        ]),
    ...(storage.accessMode === 'ReadWriteOnce'
      ? [
          refusal(
            'NotReadWriteMany',
            'accessMode',
            'storage mode Shared needs ReadWriteMany: leave the access mode out, or choose PerReplica',
          ),
        ]
      : []),
    ...(size < one
      ? [
          refusal(
            'SharedClaimTooSmall',
            'storageSize',
            `${storage.size} is less than the ${formatGib(one)} for the weights and a fifth of room; twice as much keeps the last revision, too`,
          ),
        ]
      : []),
    ...(size >= one && size < 2 * one
      ? [
          notice(
            'RoomForOneRevision',
            `The shared volume has room for one revision: ask for ${formatGib(2 * one)} so that the next one can be downloaded while this one serves.`,
            'Warning',
          ),
        ]
      : []),
    notice(
      'WaitsForWeights',
      'The pods hold their GPUs from the first minute, also while the Job still downloads the weights.',
    ),
  ];
}
