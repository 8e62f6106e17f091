import { at, fieldsAt, numberAt, said } from './value';
import { sayFact, type Take } from './draft';

/** Why a restriction is loosened: nobody has said it yet. */
const loosened = { reason: 'imported: the live workload does this' } as const;

/** Who the process runs as, and what it may do that a restricted one may not. */
export const takeSecurity: Take = ({ podSpec, container, around, runtime }, service, draft) => {
  const isOfOpenShift = around.some(({ apiVersion }) => String(apiVersion).startsWith('route.openshift.io/'));
  if ((runtime || isOfOpenShift) && at(podSpec, 'securityContext', 'runAsUser') === undefined) sayFact(draft, 'security', 'platform-assigned-uid');
  const own = fieldsAt(container, 'securityContext');
  const user = numberAt(podSpec, 'securityContext', 'runAsUser') ?? numberAt(own, 'runAsUser');
  const added = at(own, 'capabilities', 'add');
  const security = said({
    user: user === 10_001 || user === 0 ? undefined : user,
    writableRoot: own.readOnlyRootFilesystem === true ? undefined : loosened,
    lowPorts: Array.isArray(added) && added.includes('NET_BIND_SERVICE') ? loosened : undefined,
  });
  if (Object.keys(security).length) service.security = security;
};
