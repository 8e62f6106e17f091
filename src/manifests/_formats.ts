/** A named syntax: a test, and the words for it. */
export interface Format {
  readonly test: (value: string) => boolean;
  readonly expected: string;
}

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const word = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6 = /^(?=.*:)[0-9A-Fa-f:]{2,39}$/;

const isSubdomain = (value: string): boolean => value.length <= 253 && subdomain.test(value);
const isLabel = (value: string): boolean => value.length <= 63 && label.test(value);
const isIp = (value: string): boolean => ipv4.test(value) || isIpv6(value);

/** An optional DNS prefix, a slash, and a name of at most 63 characters: what keys of labels and annotations are. */
function isQualifiedName(value: string): boolean {
  const slash = value.indexOf('/');
  const name = slash < 0 ? value : value.slice(slash + 1);
  return name.length <= 63 && word.test(name) && (slash < 0 || isSubdomain(value.slice(0, slash)));
}

/** Groups of hexadecimal digits; `::` stands for the missing ones, once. */
function isIpv6(value: string): boolean {
  if (!ipv6.test(value) || value.includes(':::')) return false;
  const halves = value.split('::');
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  return groups.every(group => /^[0-9A-Fa-f]{1,4}$/.test(group)) && (halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8);
}

function isCidr(value: string): boolean {
  const [address, length, ...rest] = value.split('/');
  const most = isIpv6(address) ? 128 : 32;
  return rest.length === 0 && isIp(address) && /^\d{1,3}$/.test(length ?? '') && Number(length) <= most;
}

/** At most 15 characters with at least one letter, as IANA names services. */
export function isPortName(value: string): boolean {
  return value.length <= 15 && label.test(value) && /[a-z]/.test(value) && !value.includes('--');
}

const compute = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;
const quota = new RegExp('^((requests\\.|limits\\.)?(cpu|memory|ephemeral-storage)|(requests\\.)?(storage|hugepages-.+)|pods|services(\\.nodeports|\\.loadbalancers)?'
  + '|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims)$');
const isExtended = (value: string): boolean => value.includes('/') && isQualifiedName(value);

const zones = new Map<string, boolean>();

/** Whether the time zone database, which Node carries along, has the name. */
function isTimeZone(value: string): boolean {
  let known = zones.get(value);
  if (known === undefined) {
    try {
      // The list is there at once, while making a format takes tens of milliseconds.
      known = Intl.supportedValuesOf('timeZone').includes(value)
        || new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(value);
    } catch {
      known = false;
    }
    zones.set(value, known);
  }
  return known;
}

/** Syntaxes a schema names with `format` or `keys`; a format that is not here is no constraint. */
export const formats: Readonly<Record<string, Format>> = {
  'dns-label': {
    test: isLabel, expected: 'at most 63 of a-z, 0-9 and "-", beginning and ending with a letter or digit',
  },
  'dns-1035-label': {
    test: value => value.length <= 63 && label1035.test(value), expected: 'at most 63 of a-z, 0-9 and "-", beginning with a letter',
  },
  'dns-subdomain': {
    test: isSubdomain, expected: 'at most 253 of a-z, 0-9, "-" and ".", each part beginning and ending with a letter or digit',
  },
  'path-segment': {
    test: value => value !== '' && value !== '.' && value !== '..' && !/[/%]/.test(value), expected: 'a name without "/" and "%"',
  },
  'label-value': {
    test: value => value === '' || (value.length <= 63 && word.test(value)),
    expected: 'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
  },
  'qualified-name': {
    test: isQualifiedName, expected: 'a name of at most 63 letters, digits, "-", "_" and ".", after an optional DNS prefix and "/"',
  },
  'container-resource': {
    test: value => compute.test(value) || isExtended(value), expected: 'cpu, memory, ephemeral-storage, hugepages-…, or a name with a domain',
  },
  'limit-resource': {
    test: value => value === 'storage' || compute.test(value) || isExtended(value),
    expected: 'cpu, memory, ephemeral-storage, storage, hugepages-…, or a name with a domain',
  },
  'volume-resource': { test: value => value === 'storage', expected: 'storage' },
  'quota-resource': {
    test: value => quota.test(value) || isExtended(value), expected: 'a resource such as requests.cpu, pods or count/deployments.apps',
  },
  'time-zone': { test: isTimeZone, expected: 'a time zone such as "Europe/Berlin"' },
  'config-key': {
    test: value => value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && !/^\.\.?$/.test(value) && !value.startsWith('..'),
    expected: 'at most 253 letters, digits, "-", "_" and "."',
  },
  'port-name': { test: isPortName, expected: 'a port name: at most 15 of a-z, 0-9 and "-", with a letter' },
  'host': { test: value => isSubdomain(value.replace(/^\*\./, '')) && !isIp(value), expected: 'a DNS name, its first part possibly "*"' },
  'ip': { test: isIp, expected: 'an IP address' },
  'ipv4': { test: value => ipv4.test(value), expected: 'an IPv4 address' },
  'ipv6': { test: isIpv6, expected: 'an IPv6 address' },
  'cidr': { test: isCidr, expected: 'a CIDR such as "10.0.0.0/8"' },
  'date-time': {
    test: value => dateTime.test(value) && !Number.isNaN(Date.parse(value)), expected: 'a time such as "2026-01-31T12:00:00Z"',
  },
  'byte': { test: value => base64.test(value.replace(/[\r\n]/g, '')), expected: 'base64' },
};
