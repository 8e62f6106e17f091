import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, isSet } from '../../value';

export const jobLifetime = objectRule({
  id: 'job-lifetime',
  severity: 'warning',
  title: 'finished jobs are cleaned up by nobody, or by two at once',
  why: 'A lone Job stays for ever without a time to live; under a CronJob that time competes with the history limits.',
  remedy: 'Set `ttlSecondsAfterFinished` on a Job, and leave it out of the job template of a CronJob.',
  upstream: ['kube-linter:job-ttl-seconds-after-finished'],
}, ['batch/Job', 'batch/CronJob'], (job) => {
  if (job.apiVersion !== 'batch/v1') return [];
  const isManaged = job.kind === 'CronJob';
  const path = isManaged ? 'spec.jobTemplate.spec.ttlSecondsAfterFinished' : 'spec.ttlSecondsAfterFinished';
  return flawIf(isSet(job.fields, path) === isManaged, {
    path,
    got: fieldAt(job.fields, path),
    expected: isManaged ? 'unset, since the history limits of the CronJob decide' : 'a number of seconds',
  });
});
