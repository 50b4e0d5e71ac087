import { readFileSync } from 'node:fs';

/** What the `cluster.json` of either server holds. */
export interface ClusterFile {
  /** Address of the API. */
  url: string;
  /** Its certificate authority, PEM in base64. */
  caData: string;
  /** Bearer tokens. */
  tokens: { admin: string; portal: string; devSearch: string };
  /** Whether a controller manager runs beside a real API server. */
  controllers?: boolean;
}

/** The real cluster to test; undefined means the demo cluster, started in this process. */
export const realCluster: ClusterFile | undefined = process.env
  .PROMPTSIDE_CONTRACT_CLUSTER
  ? JSON.parse(readFileSync(process.env.PROMPTSIDE_CONTRACT_CLUSTER, 'utf8'))
  : undefined;

/** A kubectl that fits the server, if the lane found one. */
export const kubectl = process.env.PROMPTSIDE_KUBECTL;

/** A test of what controllers do; skipped on an API server that has none beside it. */
export const withControllers =
  realCluster?.controllers === false ? it.skip : it;

/** A test through the real kubectl; skipped where there is none. */
export const withKubectl = kubectl ? it : it.skip;
