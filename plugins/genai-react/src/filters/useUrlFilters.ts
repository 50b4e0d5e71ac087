import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Filter values by key; an absent key filters nothing. @public */
export type UrlFilters<K extends string> = Readonly<Partial<Record<K, string>>>;

/**
 * Filters kept in the query string, so that a view can be linked, reloaded and left by the back button. Other parameters
 * of the URL stay as they are.
 *
 * @param keys - parameters that belong to this view; a constant array
 * @returns current values, and a setter that takes what changes (`undefined` or `''` removes)
 * @public
 */
export function useUrlFilters<K extends string>(
  keys: readonly K[],
): [UrlFilters<K>, (patch: Partial<Record<K, string | undefined>>) => void] {
  const [params, setParams] = useSearchParams();
  const query = params.toString();
  const keyList = keys.join();

  const filters = useMemo(() => {
    const read = new URLSearchParams(query);
    const entries = keyList
      .split(',')
      .flatMap(key => (read.get(key) ? [[key, read.get(key)]] : []));
    return Object.fromEntries(entries) as UrlFilters<K>;
  }, [query, keyList]);

  const setFilters = useCallback(
    (patch: Partial<Record<K, string | undefined>>) => {
      setParams(
        old => {
          const next = new URLSearchParams(old);
          for (const [key, value] of Object.entries<string | undefined>(
            patch,
          )) {
            if (value) next.set(key, value);
            else next.delete(key);
          }
          return next;
        },
        // Each key stroke in a search field would else be a step of the back button.
        { replace: true },
      );
    },
    [setParams],
  );

  return [filters, setFilters];
}
