export { tgiPorts } from '../tgi/ports';
