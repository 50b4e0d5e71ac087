import type { LoggerService } from '@backstage/backend-plugin-api';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { checksumsOfLoaded } from '@promptside/backstage-plugin-genai-node';
import type { GenaiAccess } from '../services/GenaiAccess';

/**
 * The spec with what the hub says of the files of its commit, where a Job downloads them into a shared volume. Kept in the
 * spec, so that rendering it again needs no hub. A hub that does not answer is no reason to stop: the Job then trusts the transfer.
 */
export async function withChecksums(
  spec: InferenceSpec,
  options: {
    genai: GenaiAccess['genai'];
    token: string;
    signal?: AbortSignal;
    logger: Pick<LoggerService, 'info'>;
  },
): Promise<InferenceSpec> {
  const { model, storage } = spec.spec;
  if (storage.mode !== 'Shared' || model.checksums) return spec;
  const { genai, logger, ...request } = options;
  try {
    const found = await genai.lookupModel(
      { id: model.id, revision: model.revision },
      request,
    );
    const revision = model.revision ?? found.revision;
    const checksums =
      found.revision === revision
        ? checksumsOfLoaded(spec, found.checksums ?? {})
        : {};
    logger.info(
      `The hub tells SHA-256 of ${Object.keys(checksums).length} files of ${model.id} at ${revision}`,
    );
    return {
      ...spec,
      spec: {
        ...spec.spec,
        model: {
          ...model,
          ...(revision ? { revision } : {}),
          ...(Object.keys(checksums).length > 0 ? { checksums } : {}),
        },
      },
    };
  } catch (error) {
    logger.info(
      `Checksums of ${model.id} are not known, so the download is not compared with any: ${(error as Error).message}`,
    );
    return spec;
  }
}
