export { tgiSecurity } from '../tgi/security';
