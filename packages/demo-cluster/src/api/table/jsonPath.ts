import { isRecord } from '../../store/json';

type Step =
  | { kind: 'field'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'all' }
  | { kind: 'filter'; path: string; operator: string; value: unknown };

const STEP =
  /^(?:\.((?:\\.|[^.[\]\\])+)|\[(-?\d+)\]|\[\*\]|\['([^']*)'\]|\[\?\(@((?:\.[^.=!)]+)+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([^)]*))\)\])/;

function parse(path: string): Step[] {
  const steps: Step[] = [];
  let rest = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  while (rest) {
    const match = STEP.exec(rest);
    if (!match) {
      return [];
    }
    const [whole, field, index, quoted, filter, operator, ...values] = match;
    if (field !== undefined || quoted !== undefined) {
      steps.push({
        kind: 'field',
        name: quoted ?? field.replace(/\\(.)/g, '$1'),
      });
    } else if (index !== undefined) {
      steps.push({ kind: 'index', index: Number(index) });
    } else if (filter !== undefined) {
      const [double, single, bare] = values;
      steps.push({
        kind: 'filter',
        path: filter,
        operator,
        value: double ?? single ?? JSON.parse(bare.trim()),
      });
    } else {
      steps.push({ kind: 'all' });
    }
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** The values at a path of the form that printer columns and scale paths use; none for a path it cannot read. */
export function readPath(value: unknown, path: string): unknown[] {
  const steps = parse(path);
  if (steps.length === 0) {
    return [];
  }
  return steps.reduce<unknown[]>(
    (values, step) =>
      values.flatMap(each => {
        const list = Array.isArray(each) ? each : [];
        switch (step.kind) {
          case 'field':
            return isRecord(each) && each[step.name] !== undefined
              ? [each[step.name]]
              : [];
          case 'index': {
            const item = list.at(step.index);
            return item === undefined ? [] : [item];
          }
          case 'all':
            return isRecord(each) ? Object.values(each) : list;
          default:
            return list.filter(
              item =>
                (readPath(item, step.path)[0] === step.value) ===
                (step.operator === '=='),
            );
        }
      }),
    [value],
  );
}

/** Sets the value at a path of plain fields; returns a copy. */
export function writePath(
  value: Record<string, unknown>,
  path: string,
  given: unknown,
): Record<string, unknown> {
  const [first, ...rest] = path.replace(/^\./, '').split('.');
  const inner = value[first];
  return {
    ...value,
    [first]: rest.length
      ? writePath(isRecord(inner) ? inner : {}, rest.join('.'), given)
      : given,
  };
}
