export {
  buildOpenApiDocument,
  type OpenApiDocument,
} from './buildOpenApiDocument';
export {
  GENAI_ROUTES,
  modelServerParamsSchema,
  type GenaiRoute,
} from './routes';
export { errorResponseSchema, type SchemaName } from './schemaRegistry';
