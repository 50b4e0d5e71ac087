import type { V1Container } from '@kubernetes/client-node';
import type {
  EngineQuestion,
  EngineSpoke,
} from '../../servingRuntimes/EngineSpoke';
import { engineImage, type EngineImages } from '../../servingRuntimes/images';
import { sharesWeights } from '../../servingRuntimes/modelSource';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { buildDownloader } from './downloadJob';
import { buildWeightsReader, waitSeconds } from './weightsReader';

/** What a shared volume adds to a service. */
export interface Download {
  objects: readonly KubernetesObjectLike[];
  /** Init container of the servers. */
  reader: V1Container;
  /** Longest that it waits. */
  waitSeconds: number;
}

/** The Job and the container that waits for it; `undefined` where each server downloads by itself. */
export function buildDownload(
  spoke: EngineSpoke,
  { spec, weightsBytes }: EngineQuestion,
  server: V1Container,
  images: EngineImages | undefined,
): Download | undefined {
  if (!sharesWeights(spec)) return undefined;
  const image = engineImage('download', { platform: 'cpu' }, images)!;
  const { jobName, objects } = buildDownloader(spec, image, weightsBytes);
  const { modelPath } = spoke.cache;
  return {
    objects,
    reader: buildWeightsReader(spec, server, {
      jobName,
      modelPath,
      weightsBytes,
    }),
    waitSeconds: waitSeconds(weightsBytes),
  };
}
