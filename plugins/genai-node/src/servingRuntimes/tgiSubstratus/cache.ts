export { tgiCache } from '../tgi/cache';
