import { useRouteRef } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { modelRouteRef } from './routes';

/** Path of the page of a model, by its id `organisation/name`. */
export function useModelPath(): (id: string) => string {
  const route = useRouteRef(modelRouteRef);
  return useCallback(
    id => {
      const [organisation, name] = id.split('/');
      return route({ organisation, name });
    },
    [route],
  );
}
