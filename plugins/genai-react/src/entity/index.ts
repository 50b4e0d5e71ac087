export { EntityLink, type EntityLinkProps } from './EntityLink';
export { entityName } from './entityName';
export { entityQueryOf, type EntityQuery } from './entityQuery';
