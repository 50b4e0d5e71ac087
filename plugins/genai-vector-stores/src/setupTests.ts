import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded lazily, and the first load compiles them: on a busy machine that takes longer than the default second.
configure({ asyncUtilTimeout: 15_000 });
