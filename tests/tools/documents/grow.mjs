// Valid documents, grown from a schema.

import {
  getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  isRequiredArgument, isRequiredInputField,
} from 'graphql';

const texts = ['""', '"a"', '"燈塔"', '"\\u71c8\\n\\"\\\\"', '"""block"""', '"""\n  two\n    lines\n  """', '"2024-02-29T00:00:00Z"', '"\\u{1F600}"'];
const whole = ['0', '1', '-1', '7', '20', '2147483647', '-2147483648'];
const anything = [...texts, ...whole, '1.5', '-0.0', '1e10', '6.02E+23', 'true', 'null', 'NAME', '[]', '[1, "a", [X]]', '{}', '{a: {b: [1]}}'];
const scalars = {
  Int: whole,
  Float: [...whole, '1.5', '-1e3'],
  String: texts,
  ID: [...texts, '0', '12345678901234567890'],
  Boolean: ['true', 'false'],
};

/** Grows one document. What it refers to (variables, fragments) is gathered on the way. */
class Growth {
  constructor(schema, chance) {
    Object.assign(this, { schema, chance, names: 0, fragments: [], variables: new Map() });
  }

  name(prefix) {
    this.names += 1;
    return `${prefix}${this.names}`;
  }

  value(type, depth, variables) {
    const { chance } = this;
    if (variables && chance.once(6)) return this.variable(type, depth);
    if (isNonNullType(type)) return this.item(type.ofType, depth, variables);
    return chance.once(12) ? 'null' : this.item(type, depth, variables);
  }

  item(type, depth, variables) {
    const { chance } = this;
    if (isListType(type)) {
      if (chance.once(4) && !isNonNullType(type.ofType)) return this.value(type.ofType, depth, false);
      if (chance.once(4)) return this.item(getNullableType(type.ofType), depth, false);
      return `[${Array.from({ length: chance.below(3) }, () => this.value(type.ofType, depth - 1, variables)).join(chance.of([', ', ' ']))}]`;
    }
    if (isEnumType(type)) return chance.of(type.getValues()).name;
    if (!isInputObjectType(type)) return chance.of(scalars[type.name] ?? anything);
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const simple = depth > 0 ? fields : fields.filter((field) => !isInputObjectType(getNamedType(field.type)));
      const field = chance.of(simple.length > 0 ? simple : fields);
      return `{${field.name}: ${this.item(getNullableType(field.type), depth - 1, false)}}`;
    }
    const optional = fields.filter((field) => !isRequiredInputField(field));
    const chosen = [...fields.filter(isRequiredInputField), ...(depth > 0 ? chance.some(optional, 2) : [])];
    return `{${chosen.map((field) => `${field.name}: ${this.value(field.type, depth - 1, variables)}`).join(', ')}}`;
  }

  /** A variable that may stand where this type is asked for: a new one, or one that is already there. */
  variable(type, depth) {
    const { chance } = this;
    const known = [...this.variables].filter(([, { text }]) => text === String(type)).map(([name]) => name);
    if (known.length > 0 && chance.once(2)) return `$${chance.of(known)}`;
    const name = this.name('v');
    const nullable = getNullableType(type);
    const [text, initial] = chance.of([
      [`${nullable}!`, ''],
      [`${nullable}!`, ` = ${this.item(nullable, Math.min(depth, 1), false)}`],
      [`${type}`, ''],
      [`${nullable}`, ` = ${this.item(nullable, Math.min(depth, 1), false)}`],
    ]);
    this.variables.set(name, { text, initial });
    return `$${name}`;
  }

  arguments(definitions) {
    const { chance } = this;
    const optional = definitions.filter((argument) => !isRequiredArgument(argument));
    const chosen = [...definitions.filter(isRequiredArgument), ...chance.some(optional, 1)];
    if (chosen.length === 0) return '';
    return `(${chosen.map((argument) => `${argument.name}: ${this.value(argument.type, 3, true)}`).join(', ')})`;
  }

  directives() {
    const { chance } = this;
    if (!chance.once(8)) return '';
    const condition = () => this.value(this.schema.getDirective('skip').args[0].type, 0, true);
    return chance.of([() => ` @skip(if: ${condition()})`, () => ` @include(if: ${condition()})`, () => ` @skip(if: ${condition()}) @include(if: ${condition()})`])();
  }

  field(definition, depth) {
    const { chance } = this;
    const type = getNamedType(definition.type);
    // Under a name of its own nothing conflicts.
    const alias = definition.args.length > 0 || !isLeafType(type) || chance.once(5) ? `${this.name(chance.of(['a', 'x_', '_']))}: ` : '';
    const below = isLeafType(type) ? '' : ` ${this.selections(type, depth - 1)}`;
    return `${alias}${definition.name}${this.arguments(definition.args)}${this.directives()}${below}`;
  }

  selection(type, depth) {
    const { chance } = this;
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const flat = depth > 0 ? fields : fields.filter((field) => isLeafType(getNamedType(field.type)));
    const roll = chance.below(10);
    if (roll === 0 || flat.length === 0) return chance.once(3) ? `${this.name('t')}: __typename` : `__typename${this.directives()}`;
    if (roll <= 2 && depth > 0) return this.fragment(type, depth);
    return this.field(chance.of(flat), depth);
  }

  fragment(type, depth) {
    const { chance, schema } = this;
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const wider = Object.values(schema.getTypeMap()).filter((other) => isAbstractType(other) && possible.some((one) => schema.isSubType(other, one)));
    const on = chance.once(4) ? type : chance.of([...possible, ...wider]);
    if (chance.once(3)) {
      const name = this.name('F');
      const place = this.fragments.push('') - 1;
      this.fragments[place] = `fragment ${name} on ${on} ${this.selections(on, depth - 1)}`;
      return `...${name}${this.directives()}`;
    }
    const condition = on === type && chance.once(2) ? '' : ` on ${on}`;
    return `...${condition}${this.directives()} ${this.selections(on, depth - 1)}`;
  }

  selections(type, depth) {
    const count = 1 + this.chance.below(3);
    return `{ ${Array.from({ length: count }, () => this.selection(type, depth)).join(this.chance.of([' ', ', ', '\n']))} }`;
  }

  introspection() {
    const type = (depth) => (depth === 0 ? 'name' : `${this.chance.of(['name', 'kind', 'description', 'specifiedByURL', 'isOneOf'])} ofType { ${type(depth - 1)} }`);
    return this.chance.of([
      () => '__schema { queryType { name } types { name kind } }',
      () => `__type(name: ${this.value(this.schema.getType('__Field').getFields().name.type, 0, true)}) { ${type(this.chance.below(6))} fields(includeDeprecated: true) { name type { ${type(2)} } args { defaultValue } } }`,
      () => '__schema { directives { name isRepeatable locations args { name } } }',
      () => '__type(name: "Article") { enumValues { name isDeprecated } inputFields(includeDeprecated: false) { name } possibleTypes { name } interfaces { name } }',
    ])();
  }
}

/** One document; operations share nothing but fragments without variables. */
export function grow(schema, chance) {
  const growth = new Growth(schema, chance);
  const operations = chance.once(5) ? 2 + chance.below(2) : 1;
  const parts = [];
  for (let index = 0; index < operations; index += 1) {
    growth.variables = new Map();
    let selections = growth.selections(schema.getQueryType(), 1 + chance.below(5));
    if (chance.once(12)) selections = selections.replace('{', `{ ${growth.introspection()}`);
    const variables = [...growth.variables].map(([name, { text, initial }]) => `$${name}: ${text}${initial}`);
    const name = operations > 1 || chance.once(2) ? ` ${growth.name('Q')}` : '';
    const list = variables.length > 0 ? `(${variables.join(', ')})` : '';
    const head = name === '' && list === '' && chance.once(2) ? '' : `query${name}${list} `;
    parts.push(`${head}${selections}`);
  }
  return [...parts, ...growth.fragments].join(chance.of(['\n', ' ', '\n\n']));
}
