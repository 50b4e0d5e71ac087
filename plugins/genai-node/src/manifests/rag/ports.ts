/** Where the API listens, and PostgreSQL whose address lies in a Secret. */
export const PORTS = { api: 8080, pgvector: 5432 } as const;
