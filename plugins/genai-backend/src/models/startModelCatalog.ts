import type {
  LifecycleService,
  LoggerService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { systemClock } from '../connections/Clock';
import { createModelCatalog, type ModelCatalog } from './ModelCatalog';
import { readModelsConfig } from './modelsConfig';

/** Reads the adopter's models when the backend starts, and stops reading when it stops. */
export function startModelCatalog(options: {
  rootConfig: RootConfigService;
  urlReader: UrlReaderService;
  logger: LoggerService;
  lifecycle: LifecycleService;
}): ModelCatalog {
  const { rootConfig, urlReader, logger, lifecycle } = options;
  const stopped = new AbortController();
  const catalog = createModelCatalog({
    config: readModelsConfig(rootConfig),
    urlReader,
    logger,
    clock: systemClock,
    signal: stopped.signal,
  });
  lifecycle.addStartupHook(() => catalog.start());
  lifecycle.addShutdownHook(() => stopped.abort());
  return catalog;
}
