/** The chart runs TGI's own image: it is told by the same looks. */
export { tgiRecogniser } from '../tgi/recognise';
