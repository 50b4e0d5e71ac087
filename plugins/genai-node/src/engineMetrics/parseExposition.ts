/** One line of metrics. */
export interface MetricSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?/y;
const VALUE = /\s*([^\s#]+)/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n' };

/**
 * Samples of a text in Prometheus' exposition format or OpenMetrics, of the metrics that are wanted. Timestamps and exemplars are
 * dropped, and so is a line that cannot be read: one bad line must not hide the rest. Source: prometheus.io, exposition formats.
 *
 * @param wanted - names as they stand in the text, e.g. with `_bucket`
 */
export function parseExposition(
  text: string,
  wanted: ReadonlySet<string>,
): MetricSample[] {
  const samples: MetricSample[] = [];
  for (const line of text.split('\n')) {
    const sample = parseLine(line.trim(), wanted);
    if (sample) samples.push(sample);
  }
  return samples;
}

function parseLine(
  line: string,
  wanted: ReadonlySet<string>,
): MetricSample | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const name = matchAt(NAME, line, 0);
  if (!name || !wanted.has(name[0])) return undefined;
  const labels: Record<string, string> = {};
  let position = skipBlanks(line, name[0].length);
  if (line[position] === '{') {
    position += 1;
    for (;;) {
      const label = matchAt(LABEL, line, position);
      if (!label) break;
      labels[label[1]] = unescape(label[2]);
      position += label[0].length;
    }
    position = skipBlanks(line, position);
    if (line[position] !== '}') return undefined;
    position += 1;
  }
  const value = matchAt(VALUE, line, position);
  const number = value && parseValue(value[1]);
  return number === undefined
    ? undefined
    : { name: name[0], labels, value: number };
}

function matchAt(pattern: RegExp, line: string, position: number) {
  pattern.lastIndex = position;
  return pattern.exec(line) ?? undefined;
}

function skipBlanks(line: string, position: number): number {
  let next = position;
  while (line[next] === ' ' || line[next] === '\t') next += 1;
  return next;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
}

/** Go's form of numbers: `+Inf`, `NaN` and `1e-05` are all there. `undefined` for what is none. */
function parseValue(text: string): number | undefined {
  if (/^[+]?inf$/i.test(text)) return Infinity;
  if (/^-inf$/i.test(text)) return -Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}
