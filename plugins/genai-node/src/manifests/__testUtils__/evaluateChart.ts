import { parse, stringify } from 'yaml';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from '../KubernetesObjectLike';

/**
 * What Helm makes of a chart of ours, for the few template expressions that it has. The lane with real clusters holds the same
 * charts against Helm itself.
 *
 * @param changes - values laid over those of the chart, by their top-level key
 */
export function evaluateChart(
  files: readonly RenderedFile[],
  changes: Record<string, unknown> = {},
): KubernetesObjectLike[] {
  const { content } = files.find(({ path }) => path === 'chart/values.yaml')!;
  const values = { ...parse(content), ...changes };
  return files
    .filter(({ path }) => path.startsWith('chart/templates/'))
    .map(file => parse(evaluate(file.content, values)));
}

/** Comment, expression, or text in quotes, as a whole. */
const ACTION =
  /(\s*)\{\{(-?) (\/\*[^]*?\*\/|(?:"(?:[^"\\]|\\.)*"|[^"])*?) (-?)\}\}(\s*)/g;

function evaluate(template: string, values: Record<string, unknown>): string {
  return template.replace(
    ACTION,
    (_, before: string, trimBefore, code: string, trimAfter, after: string) =>
      [
        trimBefore ? '' : before,
        code.startsWith('/*') ? '' : pipeline(code, values),
        trimAfter ? '' : after,
      ].join(''),
  );
}

function pipeline(code: string, values: Record<string, unknown>): string {
  const [call, ...filters] = code.split(/ \| /);
  const result = evaluateCall(call, values);
  return filters.reduce<string>((text, filter) => {
    const [name, argument] = filter.split(' ');
    switch (name) {
      case 'quote':
        return JSON.stringify(text);
      case 'nindent':
        return `\n${text.trimEnd()}`.replaceAll(
          '\n',
          `\n${' '.repeat(Number(argument))}`,
        );
      default:
        throw new Error(`no filter ${name}`);
    }
  }, String(result));
}

function evaluateCall(call: string, values: Record<string, unknown>): unknown {
  const words = call.match(/"(?:[^"\\]|\\.)*"|\([^()]*\)|[^ ]+/g) ?? [];
  const [name, ...rest] = words;
  const args = rest.map(word => evaluateTerm(word, values));
  switch (name) {
    case 'int64':
      return Math.trunc(Number(args[0]));
    case 'sub':
      return Number(args[0]) - Number(args[1]);
    case 'toYaml':
      return stringify(args[0]);
    case 'printf':
      return String(args[0]).replace(/%[v%]/g, verb =>
        verb === '%%' ? '%' : String(args.splice(1, 1)[0]),
      );
    default:
      return evaluateTerm(call, values);
  }
}

function evaluateTerm(word: string, values: Record<string, unknown>): unknown {
  if (word.startsWith('(')) return evaluateCall(word.slice(1, -1), values);
  if (/^("|\d)/.test(word)) return JSON.parse(word);
  const path = /^\.Values\.([\w.]+)$/.exec(word)![1].split('.');
  return path.reduce<unknown>((part, key) => {
    const next = (part as Record<string, unknown>)[key];
    if (next === undefined) throw new Error(`no value ${word}`);
    return next;
  }, values);
}
