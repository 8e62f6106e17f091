/** The type of an expression. `var` stands for a type that is not known yet, `dyn` for one that only the object tells. */
export interface Type {
  readonly name: string;
  readonly of: readonly Type[];
}

const simple = (name: string): Type => ({ name, of: [] });
export const dyn = simple('dyn');
export const bool = simple('bool');
export const string = simple('string');
export const listOf = (item: Type): Type => ({ name: 'list', of: [item] });
export const mapOf = (key: Type, value: Type): Type => ({ name: 'map', of: [key, value] });
export const optionalOf = (value: Type): Type => ({ name: 'optional', of: [value] });
export const typeNamed = simple;

/** A type as CEL writes it. */
export function textOfType({ name, of }: Type): string {
  if (name.startsWith('var')) return 'dyn';
  return of.length ? `${name}(${of.map(textOfType).join(', ')})` : name;
}

/** What is known so far of the types that stand for others. */
export class Substitution {
  private readonly known = new Map<string, Type>();
  private count = 0;

  fresh(): Type {
    this.count += 1;
    return simple(`var${this.count}`);
  }

  /** The type with everything put in that is known. */
  resolve(type: Type): Type {
    const known = this.known.get(type.name);
    if (known !== undefined) return this.resolve(known);
    return type.of.length ? { name: type.name, of: type.of.map(each => this.resolve(each)) } : type;
  }

  /** Whether values of the types fit the places, all together; what follows of it is kept only when they do. */
  fit(types: readonly Type[], places: readonly Type[]): boolean {
    const before = new Map(this.known);
    if (types.length === places.length && types.every((type, index) => this.assign(type, places[index]))) return true;
    this.known.clear();
    before.forEach((type, name) => this.known.set(name, type));
    return false;
  }

  private assign(one: Type, other: Type): boolean {
    if (isVariable(other)) return this.bind(other, one);
    if (isVariable(one)) return this.bind(one, other);
    if (one.name === 'dyn' || other.name === 'dyn') return true;
    if (one.name === 'null_type' || other.name === 'null_type') return one.name === other.name || nullable.has(one.name) || nullable.has(other.name);
    if (one.name !== other.name) return false;
    return one.name === 'type' || one.of.every((each, index) => this.assign(each, other.of[index]));
  }

  private bind(variable: Type, type: Type): boolean {
    const known = this.known.get(variable.name);
    if (known === undefined) {
      if (this.resolve(type).name !== variable.name && !this.mentions(type, variable.name)) this.known.set(variable.name, type);
      return true;
    }
    if (!this.assign(known, type)) return false;
    if (this.resolve(type).name === 'dyn') this.known.set(variable.name, dyn);
    return true;
  }

  private mentions(type: Type, name: string): boolean {
    const resolved = this.resolve(type);
    return resolved.name === name || resolved.of.some(each => this.mentions(each, name));
  }
}

/** Types that `null` may stand for. */
const nullable: ReadonlySet<string> = new Set(['duration', 'quantity', 'optional']);

const isVariable = ({ name }: Type) => name.startsWith('var');
