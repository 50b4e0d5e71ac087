/** One sample of a metric. */
export interface Sample {
  labels: Record<string, string>;
  /** Already in the exporter's own form, e.g. `87` or `268.412000`. */
  value: string;
}

/** A metric with its samples. */
export interface Metric {
  name: string;
  help: string;
  type: 'gauge' | 'counter' | 'histogram';
  samples: Sample[];
}

const escapeValue = (value: string) =>
  value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');

/** One line of the exposition format. */
export function sampleLine(name: string, { labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(
    ([key, text]) => `${key}="${escapeValue(text)}"`,
  );
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

/** Text of metrics as Prometheus reads it; a metric without samples is left out, as exporters do. */
export function exposition(metrics: Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(sample => sampleLine(name, sample)),
        '',
      ].join('\n'),
    )
    .join('');
}

/** Content type of the exposition format. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
