import type {
  InferencePlan,
  InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import {
  useGenaiApi,
  useLiveResource,
  type LiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { useEffect, useState } from 'react';

/** Typing and sliding must not send a request a step. */
const PAUSE_MS = 300;

/**
 * The plan for a question, kept fresh while GPUs are taken and given back. The last good one stays while the next is on its
 * way, while it fails, and while there is no question because a field is out of range.
 */
export function useInferencePlan(
  request: InferencePlanRequest | undefined,
): LiveResource<InferencePlan> {
  const api = useGenaiApi();
  const wanted = request && JSON.stringify(request);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === undefined) return undefined;
    const timer = setTimeout(() => setAsked(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return useLiveResource(
    async signal => {
      // Only until the first question; what a field lacks stands beside it.
      if (asked === undefined) throw new Error('a value is out of range');
      return api.planInference(JSON.parse(asked), { signal });
    },
    [api, asked],
    { topics: ['gpus'], keepPrevious: true },
  );
}
