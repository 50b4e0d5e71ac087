export { genaiApiRef, useGenaiApi } from './genaiApi';
