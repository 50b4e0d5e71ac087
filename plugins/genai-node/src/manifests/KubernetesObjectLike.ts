/**
 * The least that every Kubernetes object has. Builders return it so that callers need no Kubernetes types.
 *
 * @public
 */
export interface KubernetesObjectLike {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: { [key: string]: string };
    annotations?: { [key: string]: string };
  };
}

/** A file to write, path relative to the repository's root with `/` between segments. @public */
export interface RenderedFile {
  path: string;
  content: string;
}
