import { LabelSelector } from './kubeTypes';

type Labels = Record<string, string> | undefined;

/** Whether every wanted label has exactly that value. */
export function matchesLabels(
  wanted: Record<string, string>,
  labels: Labels,
): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => labels?.[key] === value,
  );
}

/**
 * Whether labels meet a selector. An empty selector matches everything, an absent one nothing.
 */
export function matchesSelector(
  selector: LabelSelector | undefined,
  labels: Labels,
): boolean {
  if (!selector) {
    return false;
  }
  return (
    matchesLabels(selector.matchLabels ?? {}, labels) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
      const value = labels?.[key];
      switch (operator) {
        case 'In':
          return value !== undefined && (values ?? []).includes(value);
        case 'NotIn':
          return value === undefined || !(values ?? []).includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
