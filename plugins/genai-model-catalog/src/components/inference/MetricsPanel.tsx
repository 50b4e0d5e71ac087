import Typography from '@material-ui/core/Typography';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type {
  EngineMetrics,
  MeasuredLatency,
} from '@promptside/backstage-plugin-genai-common';
import {
  FactList,
  formatAge,
  formatCount,
  formatQuantity,
  StatePanel,
} from '@promptside/backstage-plugin-genai-react';

const tokensPerSecond = (value: number) =>
  `${Number(value.toFixed(1)).toLocaleString('en-US')} tokens/s`;

/** `42 ms median, 130 ms for 95 of 100`; absent when nothing was measured. */
function describeLatency(latency: MeasuredLatency | undefined) {
  const ms = (value: number) =>
    value < 10 ? `${value.toFixed(1)} ms` : `${formatCount(value)} ms`;
  const parts = [
    latency?.p50Ms && `${ms(latency.p50Ms.value)} median`,
    latency?.p95Ms && `${ms(latency.p95Ms.value)} 95th percentile`,
    latency?.meanMs && `${ms(latency.meanMs.value)} mean`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : undefined;
}

/** What the engine tells of its work. What it does not tell is left out, never zero. */
export function MetricsPanel({ metrics }: { metrics?: EngineMetrics }) {
  return (
    <EntityInfoCard title="Engine metrics">
      {metrics ? (
        <Metrics metrics={metrics} />
      ) : (
        <StatePanel dense title="No metrics">
          No pod is ready, or the metrics of this runtime are not known.
        </StatePanel>
      )}
    </EntityInfoCard>
  );
}

function Metrics({ metrics }: { metrics: EngineMetrics }) {
  const { values, pods, windowMs, skippedPodCount } = metrics;
  const {
    runningRequestCount: running,
    waitingRequestCount: waiting,
    kvCacheUsageRatio: cache,
    promptTokensPerSecond: prompt,
    generatedTokensPerSecond: generated,
  } = values;
  const faults = pods.filter(({ fault }) => fault);
  return (
    <>
      {Object.keys(values).length === 0 && (
        <StatePanel dense title="The engine told nothing" />
      )}
      <FactList
        facts={[
          ['Running requests', running && formatCount(running.value)],
          ['Waiting requests', waiting && formatCount(waiting.value)],
          ['KV cache in use', cache && `${(100 * cache.value).toFixed(1)} %`],
          ['Time to first token', describeLatency(values.timeToFirstToken)],
          ['Between tokens', describeLatency(values.interTokenLatency)],
          ['Read', prompt && tokensPerSecond(prompt.value)],
          ['Written', generated && tokensPerSecond(generated.value)],
        ]}
      />
      <Typography variant="body2" color="textSecondary">
        {[
          `Measured ${formatAge(metrics.checkedAt) ?? 'some time'} ago in ${formatQuantity(pods.length - faults.length, 'pod')}`,
          windowMs !== undefined &&
            `rates and latencies over ${formatCount(windowMs / 1000)} s`,
          skippedPodCount &&
            `${formatQuantity(skippedPodCount, 'more pod')} not asked`,
        ]
          .filter(Boolean)
          .join('; ')}
      </Typography>
      {faults.map(({ pod, fault }) => (
        <Typography key={pod} variant="body2">
          {pod} told nothing: {fault!.message}
        </Typography>
      ))}
    </>
  );
}
