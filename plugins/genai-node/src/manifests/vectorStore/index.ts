export {
  buildVectorStoreObjects,
  renderVectorStore,
  renderVectorStoreEntity,
  vectorStoreNotices,
  type StoreNotice,
} from './buildVectorStore';
export { vectorStoreEndpointOf } from './storeAddress';
export {
  checkedVectorStoreSpec,
  parseVectorStoreSpec,
  stringifyVectorStoreSpec,
} from './vectorStoreSpecText';
