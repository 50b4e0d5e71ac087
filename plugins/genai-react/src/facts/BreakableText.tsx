import { Fragment } from 'react';

/** @public */
export interface BreakableTextProps {
  text: string;
}

/** Where a long name may go on in the next line; the dot of a number is no such place. */
const BREAK = /(?<=[-/_:])|(?<=[a-z]\.)(?=[a-z])/i;

/**
 * A name that is too long for its place and breaks where a person would: behind a slash, dash, underscore, colon or the dot of a
 * domain, never within a word or number. Copied text has no break in it.
 *
 * @public
 */
export function BreakableText({ text }: BreakableTextProps) {
  const [first, ...rest] = text.split(BREAK);
  return (
    <span style={{ wordBreak: 'normal', overflowWrap: 'normal' }}>
      {first}
      {rest.map((part, index) => (
        // parts of one text never change places
        // eslint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </span>
  );
}
