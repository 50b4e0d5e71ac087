import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ModelLookup } from '@promptside/backstage-plugin-genai-common';
import { isoNow, type Clock } from '../connections/Clock';
import { catalogModel } from './catalogModel';
import type { HuggingFaceConfig } from './huggingFaceConfig';
import {
  checksumsOf,
  INDEX_FILE,
  licenseOf,
  licenseStepOf,
  parseJson,
  readHubInfo,
  weightsBytesOf,
} from './hubInfo';
import { requestHub, type HubAnswer } from './requestHub';

/** A repository of 500 files tells of itself in half a megabyte; the index of the largest models has ten. */
const LIMITS = { info: 5_000_000, config: 1_000_000, index: 30_000_000 };

/** The hub wants fewer requests. */
export class HubBusyError extends ServiceUnavailableError {
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super(
      `The Hugging Face hub wants fewer requests; try again in ${Math.ceil(retryAfterMs / 1000)} seconds`,
    );
    this.retryAfterMs = retryAfterMs;
  }
}

const DEFAULT_RETRY_MS = 60_000;

/** Faults that say nothing of the model. */
function refuse(answer: HubAnswer): void {
  if (answer.ok || [401, 403, 404].includes(answer.status ?? 0)) return;
  if (answer.status === 429) {
    throw new HubBusyError(answer.retryAfterMs ?? DEFAULT_RETRY_MS);
  }
  throw new ServiceUnavailableError(
    `The Hugging Face hub cannot be used: ${answer.message}`,
  );
}

/**
 * Asks the hub for one model: what the repository is, its configuration, and the index of its weights where it has one.
 *
 * @throws NotFoundError when the hub has no such model, or does not say that it has
 * @throws ServiceUnavailableError when the hub gives no usable answer
 */
export async function lookupOnHub(
  id: string,
  options: {
    config: HuggingFaceConfig;
    fetch: typeof fetch;
    clock: Clock;
    signal: AbortSignal;
    /** Absent: the newest. */
    revision?: string;
  },
): Promise<ModelLookup> {
  const { config, clock } = options;
  const ask = async (path: string, maxBytes: number) => {
    const answer = await requestHub(path, { ...options, maxBytes });
    refuse(answer);
    return answer;
  };

  const { revision } = options;
  const commit = revision ? `/revision/${revision}` : '';
  const answer = await ask(
    `/api/models/${id}${commit}?blobs=true`,
    LIMITS.info,
  );
  if (!answer.ok) {
    throw new NotFoundError(
      `The Hugging Face hub has no model "${id}"${
        revision ? ` with the commit ${revision}` : ''
      }, or does not show it without a token`,
    );
  }
  const info = readHubInfo(answer.text);
  if (!info) {
    throw new ServiceUnavailableError(
      'The Hugging Face hub cannot be used: its answer does not describe a model',
    );
  }
  const license = licenseOf(info);
  const checksums = checksumsOf(info);
  const found = {
    id: info.id,
    revision: info.sha,
    ...(Object.keys(checksums).length > 0 ? { checksums } : {}),
    gated: Boolean(info.gated),
    ...(license ? { license } : {}),
    ...(info.gated
      ? {
          licenseUrl: `${config.baseUrl}/${info.id}`,
          licenseStep: licenseStepOf(info, config.baseUrl),
        }
      : {}),
    checkedAt: isoNow(clock),
  };
  const files = `/${info.id}/resolve/${info.sha}`;
  const configFile = await ask(`${files}/config.json`, LIMITS.config);
  if (!configFile.ok && configFile.status === 404) {
    const reason =
      'The repository has no config.json; it may hold GGUF files or an adapter';
    return { ...found, state: 'Unsupported', reason };
  }
  if (!configFile.ok) {
    const reason =
      'The hub shows the files only to those who have accepted the licence';
    return { ...found, state: 'Gated', reason };
  }
  const hasIndex = info.siblings.some(file => file.rfilename === INDEX_FILE);
  const index = hasIndex
    ? await ask(`${files}/${INDEX_FILE}`, LIMITS.index)
    : undefined;
  const model = catalogModel({
    info,
    config: parseJson(configFile.text),
    weightsBytes: weightsBytesOf(info, index?.ok ? index.text : undefined),
    baseUrl: config.baseUrl,
  });
  return typeof model === 'string'
    ? { ...found, state: 'Unsupported', reason: model.slice(0, 400) }
    : { ...found, state: 'Found', model };
}
