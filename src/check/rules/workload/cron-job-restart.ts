import { flawIf } from '../../rule';
import { objectRule } from '../../rule-shapes';
import { fieldAt, textAt } from '../../value';

export const cronJobRestart = objectRule({
  id: 'cron-job-restart',
  severity: 'error',
  title: 'cron job has no valid restart policy',
  why: 'Pods of jobs must end: Kubernetes refuses `Always`, which is also the default.',
  remedy: 'Set `restartPolicy` to OnFailure or Never.',
  upstream: ['kube-score:cronjob-restartpolicy'],
}, ['batch/CronJob'], (job) => {
  const path = 'spec.jobTemplate.spec.template.spec.restartPolicy';
  return flawIf(!['Never', 'OnFailure'].includes(textAt(job.fields, path)), {
    path,
    got: fieldAt(job.fields, path),
    expected: 'OnFailure or Never',
  });
});
