export interface Config {
  genai?: {
    /**
     * Images of serving engines that replace the pinned ones, for a mirror or for builds of your own. By engine (`vllm`, `tgi`,
     * `sglang` ...), then by device: `nvidia`, `amd`, `intel`, `gaudi`, `cpu`, or more exactly `nvidia/8.9`, `amd/gfx942`. With a
     * tag other than `latest`, or with a digest.
     */
    images?: {
      [engine: string]: {
        [device: string]: string;
      };
    };
    scaffolder?: {
      /**
       * Who may deploy into a namespace that names its owner by the annotation `promptside.io/owner`.
       * `enforce` (default): members of that group. `ignore`: the cluster's RBAC alone decides.
       */
      namespaceOwnership?: 'enforce' | 'ignore';
    };
  };
}
