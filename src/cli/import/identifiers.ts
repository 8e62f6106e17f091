/** Names that stand for something else in a module. */
const taken = ['z', 'definePlatform', 'http', 'https', 'grpc', 'tcp', 'secret', 'platform', 'services', 'undefined', 'arguments', 'eval'];
const reserved = /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await)$/;

/** What things are called in a TypeScript module: each thing one name, no name twice. */
export class Identifiers {
  private readonly byThing = new Map<string, string>();
  private readonly used = new Set<string>(taken);

  /** The identifier of a thing; a new one when it is named for the first time. */
  of(kind: 'service' | 'external' | 'topic' | 'contract', name: string): string {
    const known = this.byThing.get(`${kind} ${name}`);
    if (known !== undefined) return known;
    const suffix = kind === 'topic' || kind === 'contract' ? `-${kind}` : '';
    const plain = `${name}${suffix}`.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
    const base = /^[A-Za-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : `${kind}${plain}`;
    const candidates = [base, `${base}Service`, ...Array.from({ length: this.used.size }, (_, index) => `${base}${index + 2}`)];
    const free = candidates.find(candidate => !this.used.has(candidate) && !reserved.test(candidate)) ?? base;
    this.used.add(free);
    this.byThing.set(`${kind} ${name}`, free);
    return free;
  }
}
