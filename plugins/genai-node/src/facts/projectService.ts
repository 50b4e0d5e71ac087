import type { ServiceFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';

/** Services with a selector: the only ones whose pods can be told. */
export function projectService(raw: unknown): ServiceFact | undefined {
  const object = asNamespaced(raw);
  const selector = Object.entries(object?.spec?.selector ?? {}).flatMap(
    ([key, value]) =>
      typeof value === 'string' ? [[intern(key), intern(value)] as const] : [],
  );
  if (!object || selector.length === 0) return undefined;
  return {
    resource: 'services',
    ...identityOf(object),
    selector: Object.fromEntries(selector),
    headless: object.spec?.clusterIP === 'None',
    ports: (object.spec?.ports ?? []).flatMap(({ name, port, targetPort }) =>
      typeof port === 'number'
        ? [
            {
              port,
              ...(name ? { name: intern(name) } : {}),
              ...(targetPort === undefined ? {} : { targetPort }),
            },
          ]
        : [],
    ),
  };
}
