import { Condition } from './kubeTypes';

/** The condition of a type, if it is there. */
export function findCondition(
  conditions: Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find(condition => condition.type === type);
}

/**
 * Conditions with one set. Its transition time moves only when its status does; an equal one leaves the list as it is.
 */
export function withCondition(
  conditions: Condition[] | undefined,
  next: Condition,
  now: string,
): Condition[] {
  const list = conditions ?? [];
  const current = findCondition(list, next.type);
  const changed: Condition = {
    ...next,
    lastTransitionTime:
      current?.status === next.status
        ? current.lastTransitionTime
        : (next.lastTransitionTime ?? now),
  };
  return current
    ? list.map(condition =>
        condition.type === next.type ? changed : condition,
      )
    : [...list, changed];
}
