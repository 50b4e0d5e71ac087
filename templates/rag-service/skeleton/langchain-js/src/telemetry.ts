import { SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { Counter, Gauge, Histogram } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

export const requests = new Counter({
  name: 'rag_requests_total',
  help: 'Answered requests',
  labelNames: ['route', 'outcome'],
});
export const stageSeconds = new Histogram({
  name: 'rag_stage_seconds',
  help: 'Time of a stage of an answer',
  labelNames: ['stage'],
  buckets: SECONDS,
});
export const firstTokenSeconds = new Histogram({
  name: 'rag_first_token_seconds',
  help: 'Request to first token',
  buckets: SECONDS,
});
export const tokens = new Counter({
  name: 'rag_llm_tokens_total',
  help: 'Tokens as the model server counts them',
  labelNames: ['kind'],
});
export const emptyRetrievals = new Counter({
  name: 'rag_empty_retrievals_total',
  help: 'Questions for which no passage was found',
});
export const historyFaults = new Counter({
  name: 'rag_history_faults_total',
  help: 'Answers given while the chat history was unavailable',
});
export const ready = new Gauge({
  name: 'rag_ready',
  help: 'Outcome of the last check: 1 passes, 0 fails',
  labelNames: ['check'],
});

let tracer: Tracer | undefined;

/** Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says; without it nothing of this is loaded. */
export async function startTracing(serviceName: string): Promise<void> {
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  process.env.OTEL_SERVICE_NAME ??= serviceName;
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { defaultResource, detectResources, envDetector } = await import('@opentelemetry/resources');
  new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  }).register();
  tracer = trace.getTracer('rag-service');
}

/** A span of the current trace. Texts of questions and documents do not belong into it. */
export async function span<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!tracer) return work();
  return tracer.startActiveSpan(name, async active => {
    try {
      return await work();
    } catch (error) {
      active.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      active.end();
    }
  });
}
