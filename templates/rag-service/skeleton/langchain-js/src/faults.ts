/** Everything that may go wrong and has a name. `code` is what callers and dashboards see. */
const STATUS = {
  ConfigurationInvalid: 500,
  StoreUnavailable: 503,
  CollectionMissing: 503,
  CollectionMismatch: 503,
  EmbeddingUnavailable: 503,
  EmbeddingMismatch: 503,
  TextTooLong: 413,
  PromptTooLong: 413,
  LlmBusy: 503,
  LlmFailed: 502,
  LlmTimeout: 504,
  LlmStreamBroken: 502,
  NothingToIngest: 500,
  HistoryUnavailable: 503,
  InvalidRequest: 400,
  Unauthorized: 401,
} as const;

export type FaultCode = keyof typeof STATUS;

/** A known fault: a code that stays the same, a sentence for people, the HTTP status it becomes. */
export class ServiceFault extends Error {
  readonly code: FaultCode;
  readonly status: number;
  readonly retryAfterSeconds?: number;

  constructor(
    code: FaultCode,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = code;
    this.code = code;
    this.status = STATUS[code];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const isFault = (error: unknown, ...codes: FaultCode[]): error is ServiceFault =>
  error instanceof ServiceFault && (codes.length === 0 || codes.includes(error.code));

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);
