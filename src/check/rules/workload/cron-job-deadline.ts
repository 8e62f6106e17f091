import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { isSet } from '../../value';

export const cronJobDeadline = objectRule({
  id: 'cron-job-deadline',
  severity: 'warning',
  title: 'cron job starts late runs at any time',
  why: 'After an outage of the controller a run may start hours late, and after 100 missed runs none starts any more.',
  remedy: 'Set `startingDeadlineSeconds`.',
  upstream: ['kube-score:cronjob-has-deadline'],
}, ['batch/CronJob'], (job) => flawIf(!isSet(job.fields, 'spec.startingDeadlineSeconds'), {
  path: 'spec.startingDeadlineSeconds',
  expected: 'a number of seconds',
}));
