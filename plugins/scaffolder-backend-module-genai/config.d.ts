export interface Config {
  genai?: {
    scaffolder?: {
      /**
       * Who may deploy into a namespace that names its owner by the annotation `promptside.io/owner`.
       * `enforce` (default): members of that group. `ignore`: the cluster's RBAC alone decides.
       */
      namespaceOwnership?: 'enforce' | 'ignore';
    };
  };
}
