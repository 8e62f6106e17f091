import type { ConfigSpan } from './_config-file';
import type { ConfigLookup } from './_config-lookup';
import type { ConfigValue } from './_config-value';
import { didYouMean } from '../errors';

/** A key that stands for another one: what that one takes, or why there is none. */
export type StandIn = { readonly span: ConfigSpan } | { readonly problem: string };

const mechanisms = ['plain', 'gssapi', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'];

/** What can differ from listener to listener. @see https://kafka.apache.org/43/configuration/broker-configs/#updating-broker-configs */
const perListener = new RegExp(`^(ssl\\.|sasl\\.|(${[
  'principal.builder.class', 'connections.max.reauth.ms', 'max.connections', 'max.connection.creation.rate', 'num.network.threads',
].join('|')})$)`);

/** What can differ from mechanism to mechanism of a listener. @see https://kafka.apache.org/43/security/authentication-using-sasl/ */
const perMechanism = /^(sasl\.(jaas|login|server|oauthbearer)\.|connections\.max\.reauth\.ms$)/;

/**
 * `listener.name.<listener>.<key>` and `listener.name.<listener>.<mechanism>.<key>`, where listener and mechanism are written in small letters.
 * Nothing for other keys.
 *
 * @see https://kafka.apache.org/43/security/listener-configuration/
 */
export function listenerKey(key: string, config: Readonly<Record<string, ConfigValue>>, lookup: ConfigLookup): StandIn | undefined {
  if (!key.startsWith('listener.name.')) return undefined;
  const [, listener, rest] = /^listener\.name\.([^.]*)\.(.+)$/.exec(key) ?? [];
  if (!listener || !rest) return { problem: 'is not the key of a listener, expected listener.name.<listener>.<key>' };
  const prefix = `listener.name.${listener}.`;
  if (listener !== listener.toLowerCase()) return { problem: `is not read, since its listener is not in small letters; write ${prefix.toLowerCase()}${rest}` };
  const span = lookup.spanOf(rest);
  if (span) return perListener.test(rest) ? { span } : { problem: `cannot differ from listener to listener; write ${rest}` };
  return mechanismKey(rest, prefix, enabledOf(prefix, config), lookup)
    ?? { problem: `is no key of Kafka ${lookup.line} for a listener${meant(prefix, rest, lookup, perListener)}` };
}

function mechanismKey(rest: string, prefix: string, enabled: readonly string[], lookup: ConfigLookup): StandIn | undefined {
  const dot = rest.indexOf('.');
  const [mechanism, key] = [rest.slice(0, dot), rest.slice(dot + 1)];
  const span = dot > 0 && perMechanism.test(key) ? lookup.spanOf(key) : undefined;
  const known = [...mechanisms, ...enabled];
  if (known.includes(mechanism)) {
    const hint = meant(`${prefix}${mechanism}.`, key, lookup, perMechanism);
    return span ? { span } : { problem: `is no key of Kafka ${lookup.line} for a mechanism of a listener${hint}` };
  }
  if (!span) return undefined;
  const small = mechanism.toLowerCase();
  if (known.includes(small)) return { problem: `is not read, since its mechanism is not in small letters; write ${prefix}${small}.${key}` };
  return { problem: `names ${mechanism}, which is no mechanism in sasl.enabled.mechanisms${didYouMean(mechanism, known)}` };
}

/** The mechanisms that a listener, or else every listener, is told to take. */
function enabledOf(prefix: string, config: Readonly<Record<string, ConfigValue>>): string[] {
  const enabled = config[`${prefix}sasl.enabled.mechanisms`] ?? config['sasl.enabled.mechanisms'] ?? '';
  return String(enabled).toLowerCase().split(',').map(name => name.trim());
}

function meant(prefix: string, key: string, lookup: ConfigLookup, fitting: RegExp): string {
  return didYouMean(`${prefix}${key}`, lookup.names().filter(name => fitting.test(name)).map(name => prefix + name));
}
