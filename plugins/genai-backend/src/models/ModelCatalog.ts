import type {
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type {
  Model,
  ModelFault,
  ModelSource,
  ModelsResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  CURATED_MODELS,
  mergeModels,
  parseModelFile,
} from '@promptside/backstage-plugin-genai-node';
import { createHash } from 'node:crypto';
import { isoNow, type Clock } from '../connections/Clock';
import type { ModelsConfig, ModelSourceConfig } from './modelsConfig';
import { withinTime } from './readLimited';
import { readModelSource } from './readModelSource';

/** Most faults of one source on the wire and in the log; a wrong file has one in every line. */
const MAX_FAULTS = 50;

/** The models that can be planned for: those that come with Promptside, and the adopter's. */
export interface ModelCatalog {
  models(): readonly Model[];
  answer(): ModelsResponse;
  /** Entity tag of the answer: the same in every replica that knows the same. */
  etag(): string;
  /** Reads every source now and then again on schedule. */
  start(): void;
}

/** What is known of one source. */
interface SourceState {
  config: ModelSourceConfig;
  models: readonly Model[];
  /** Of the text that `models` are from. */
  faults: Pick<ModelSource, 'faults' | 'faultCount'>;
  status: ModelSource;
  etag?: string;
}

/** An error of a reader for people: one line, without the secrets that an address may hold. */
function describe(error: unknown, { location, file }: ModelSourceConfig) {
  const { message } = error as Error;
  return `${message}`.split('\n')[0].replaceAll(location, file).slice(0, 300);
}

/** A catalog that keeps what it has read last when a source cannot be read any more. */
export function createModelCatalog(options: {
  config: ModelsConfig;
  urlReader: UrlReaderService;
  logger: LoggerService;
  clock: Clock;
  signal: AbortSignal;
}): ModelCatalog {
  const { config, urlReader, logger, clock, signal } = options;
  const states = config.sources.map((source): SourceState => ({
    config: source,
    models: [],
    faults: { faults: [], faultCount: 0 },
    status: {
      name: source.name,
      file: source.file,
      state: 'Loading',
      modelCount: 0,
      faults: [],
      faultCount: 0,
    },
  }));
  let models = CURATED_MODELS;
  let etag: string | undefined;

  const update = (state: SourceState, change: Partial<ModelSource>) => {
    const before = JSON.stringify(state.status.faults);
    state.status = {
      ...state.status,
      ...change,
      modelCount: state.models.length,
      checkedAt: isoNow(clock),
    };
    etag = undefined;
    // said once, not at every reading
    if (JSON.stringify(state.status.faults) === before) return;
    for (const { file, line, field, message } of state.status.faults) {
      const place = [file, line, field].filter(Boolean).join(':');
      logger.warn(`Models of ${state.config.name}: ${place} ${message}`);
    }
  };

  const accept = (state: SourceState, text: string) => {
    const { file } = state.config;
    const content = parseModelFile(text);
    const faults: ModelFault[] = content.faults.map(fault => ({
      file,
      ...fault,
    }));
    state.models = content.models;
    models = mergeModels(CURATED_MODELS, ...states.map(one => one.models));
    state.faults = {
      faults: faults.slice(0, MAX_FAULTS),
      faultCount: faults.length,
    };
    update(state, {
      state: 'Loaded',
      loadedAt: isoNow(clock),
      ...state.faults,
    });
  };

  const refresh = async (state: SourceState) => {
    try {
      const read = await withinTime(
        abort =>
          readModelSource(state.config, {
            urlReader,
            etag: state.etag,
            signal: abort,
          }),
        { timeoutMs: config.requestTimeoutMs, clock, signal },
      );
      if (read) {
        state.etag = read.etag;
        accept(state, read.text);
      } else {
        update(state, { state: 'Loaded', ...state.faults });
      }
    } catch (error) {
      if (signal.aborted) return;
      const message = `cannot be read: ${describe(error, state.config)}`;
      update(state, {
        state: state.status.loadedAt ? 'Stale' : 'Failed',
        faults: [{ file: state.config.file, message }],
        faultCount: 1,
      });
    }
  };

  const keepFresh = async (state: SourceState) => {
    while (!signal.aborted) {
      await refresh(state);
      await clock.sleep(config.refreshIntervalMs, signal);
    }
  };

  const answer = (): ModelsResponse => ({
    items: [...models],
    sources: states.map(({ status }) => status),
  });

  return {
    models: () => models,
    answer,
    etag() {
      if (etag === undefined) {
        const hash = createHash('sha256').update(JSON.stringify(answer()));
        etag = `W/"${hash.digest('base64url').slice(0, 22)}"`;
      }
      return etag;
    },
    start() {
      for (const state of states) void keepFresh(state);
    },
  };
}
