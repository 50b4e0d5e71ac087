import { gadgetDefinition } from './objects';
import { array, eventually, expectCode, Suite, text } from './suite';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A CustomResourceDefinition of the suite's own. */
export interface Gadgets {
  group: string;
  /** Path of the definition. */
  definition: string;
  /** Path of the Gadgets of a namespace, or of one of them. */
  path(namespace: string, ...rest: string[]): string;
  /** Deletes the definition and with it all Gadgets. */
  remove(): Promise<void>;
}

let count = 0;

/** Defines `gadgets` in a group nobody else uses and waits until they are served. */
export async function defineGadgets({ admin, kind }: Suite): Promise<Gadgets> {
  count += 1;
  const group = `g${count}-${process.pid}.${kind}.example.com`;
  const definition = `${DEFINITIONS}/gadgets.${group}`;
  expectCode(await admin.post(DEFINITIONS, gadgetDefinition(group)), 201);
  await eventually(
    () => admin.get(definition),
    ({ body }) =>
      array(body.status?.conditions ?? ([] as never)).some(
        c => text(c.type) === 'Established' && text(c.status) === 'True',
      ),
  );
  await eventually(
    () => admin.get(`/apis/${group}/v1/gadgets`),
    answer => answer.status === 200,
  );
  return {
    group,
    definition,
    path: (namespace, ...rest) =>
      [`/apis/${group}/v1/namespaces/${namespace}/gadgets`, ...rest].join('/'),
    async remove() {
      await admin.delete(definition);
    },
  };
}
