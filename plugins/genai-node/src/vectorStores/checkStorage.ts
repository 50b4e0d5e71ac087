import type {
  Evidence,
  StoreVolume,
} from '@promptside/backstage-plugin-genai-common';
import { namesOf } from './namesOf';
import { fail, pass, unknown } from './ruleWords';
import type { StoreObservation } from './StoreObservation';
import type { RuleCheck } from './VectorStoreSpoke';

const MIB = 2 ** 20;

const ratioOf = ({ usedRatio }: StoreVolume) => usedRatio?.value ?? 0;

/** Fill of every volume, and claims that are lost. The fullest volume decides, and every one that is too full is evidence. */
export function checkStorage({
  volumes,
  thresholds,
}: StoreObservation): RuleCheck[] {
  const lost = volumes.filter(({ phase }) => phase === 'Lost');
  if (lost.length > 0) {
    return [
      fail('Storage', 'Down', {
        reason: 'ClaimLost',
        message: `The volume of ${namesOf(lost.map(({ claim }) => claim))} is lost`,
        evidence: lost.map(({ claim }) => ({
          kind: 'PersistentVolumeClaim',
          name: claim,
          reason: 'Lost',
          message: 'Phase Lost',
        })),
      }),
    ];
  }
  const measured = volumes
    .filter(({ usedRatio }) => usedRatio !== undefined)
    .sort((left, right) => ratioOf(right) - ratioOf(left));
  const [fullest] = measured;
  if (!fullest) {
    return volumes.length === 0
      ? []
      : [
          unknown('Storage', {
            reason: 'NoMeasurement',
            message: 'Nobody measures how full the volumes are',
          }),
        ];
  }
  const { storageWarnRatio, storageFullRatio } = thresholds;
  const { measuredAt } = fullest;
  const when = measuredAt ? { checkedAt: measuredAt } : {};
  const percent = Math.floor(ratioOf(fullest) * 100);
  const isSoon = ({ daysToFull }: StoreVolume) =>
    daysToFull !== undefined && daysToFull.value <= thresholds.daysToFull;
  const filling = measured.filter(
    volume => ratioOf(volume) >= storageWarnRatio || isSoon(volume),
  );
  if (filling.length === 0) {
    return [
      { ...pass('Storage', { message: `At most ${percent} % full` }), ...when },
    ];
  }
  const [worst] = filling;
  const full = ratioOf(worst) >= storageFullRatio;
  const days = worst.daysToFull?.value;
  return [
    {
      ...fail('Storage', 'Degraded', {
        reason: full ? 'VolumeFull' : 'VolumeFilling',
        message: `${worst.claim} is ${Math.floor(ratioOf(worst) * 100)} % full${full ? ': writes are about to fail' : ''}${
          days === undefined ? '' : `, full in about ${Math.round(days)} days`
        }`,
        evidence: filling.map(evidenceOf),
      }),
      ...when,
    },
  ];
}

function evidenceOf(volume: StoreVolume): Evidence {
  const { claim, usedBytes, sizeBytes, measuredAt } = volume;
  const mib = (bytes: number | undefined) => Math.round((bytes ?? 0) / MIB);
  return {
    kind: 'PersistentVolumeClaim',
    name: claim,
    reason: 'VolumeStats',
    message: `${mib(usedBytes?.value)} of ${mib(sizeBytes?.value)} MiB are used`,
    ...(measuredAt ? { at: measuredAt } : {}),
  };
}
