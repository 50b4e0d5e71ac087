/** API, probes and metrics share one port. */
export const HTTP_PORT = 8000;

/** Name of the port in container, Service and ServiceMonitor. */
export const HTTP_PORT_NAME = 'http';

/** Where the OpenAI routes begin. */
export const API_BASE_PATH = '/v1';

/** Prometheus text. */
export const METRICS_PATH = '/metrics';
