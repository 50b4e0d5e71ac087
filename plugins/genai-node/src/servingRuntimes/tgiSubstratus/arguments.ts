/** The chart hands on environment variables only, and TGI takes everything that way. */
export { tgiSettings } from '../tgi/arguments';
