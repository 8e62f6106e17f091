import { problemsWith } from '../support/shop';
import { testPairs } from '../support/problems';

describe('health', () => {
  testPairs(health => problemsWith({ health }), [
    ['leaves time to stop after the drain', { drainSeconds: 10, graceSeconds: 11 }, { drainSeconds: 10, graceSeconds: 10 }, 'health.graceSeconds: must be more than drainSeconds and waitSeconds together, or the process is killed while it still serves'],
    ['holds against defaults too', { drainSeconds: 44 }, { drainSeconds: 45 }, 'health.graceSeconds: must be more than drainSeconds and waitSeconds together, or the process is killed while it still serves'],
    ['may do without a drain', { drainSeconds: 0 }, { drainSeconds: -1 }, 'health.drainSeconds: is -1, expected a number of at least 0'],
    ['gives a start at most an hour', { startSeconds: 3600 }, { startSeconds: 3601 }, 'health.startSeconds: is 3601, expected a number of at most 3600'],
    ['has only fields that exist', { periodSeconds: 5 }, { periodSecond: 5 }, 'health.periodSecond: is not a field that exists here; did you mean periodSeconds?'],
  ]);
});
