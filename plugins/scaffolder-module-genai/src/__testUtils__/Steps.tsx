import { useState, type ReactElement } from 'react';

/** Shows one element after the other in the same place, so that a component keeps its state while its properties change. */
export function Steps({ steps }: { steps: readonly ReactElement[] }) {
  const [index, setIndex] = useState(0);
  return (
    <>
      {steps[index]}
      <button type="button" onClick={() => setIndex(index + 1)}>
        next step
      </button>
    </>
  );
}
