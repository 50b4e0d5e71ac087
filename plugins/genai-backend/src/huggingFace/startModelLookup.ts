import type {
  LifecycleService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { systemClock } from '../connections/Clock';
import { createModelLookup, type LookupModel } from './createModelLookup';
import { readHuggingFaceConfig } from './huggingFaceConfig';

/** Lookups on the hub that end when the backend stops. */
export function startModelLookup(options: {
  rootConfig: RootConfigService;
  lifecycle: LifecycleService;
}): LookupModel {
  const stopped = new AbortController();
  options.lifecycle.addShutdownHook(() => stopped.abort());
  return createModelLookup({
    config: readHuggingFaceConfig(options.rootConfig),
    fetch,
    clock: systemClock,
    signal: stopped.signal,
  });
}
