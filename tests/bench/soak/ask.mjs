// Operations made up of the schema that a server tells: any field, any argument, values that mean something to its content.

import { random } from '../numbers.mjs';

const DEPTH = 5;
const FIELDS = 4;
const PAGING = ['first', 'last', 'after', 'before', 'offset'];
/** What a public reader may not ask, and what needs something else beside it. */
const LEFT_OUT = ['status', 'day'];
const NEEDS_MORE = ['RELEVANCE'];
const NUMBERS = { year: [2021, 2026], month: [1, 12] };

const TYPE = 'type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }';
const INTROSPECTION = `{ __schema { types { kind name isOneOf fields { name args { name ${TYPE} } ${TYPE} }
  inputFields { name ${TYPE} } enumValues { name } possibleTypes { name } } } }`;

const named = (type) => (type.ofType ? named(type.ofType) : type);
const isRequired = ({ type }) => type.kind === 'NON_NULL';
const isList = (type) => type.kind === 'LIST' || (type.kind === 'NON_NULL' && isList(type.ofType));

/** Makes operations, the same ones from the same seed. */
export class Asker {
  static async of(server, seed) {
    const asker = new Asker();
    asker.next = random(seed);
    const { __schema: { types } } = await server.data(INTROSPECTION);
    asker.types = Object.fromEntries(types.map((type) => [type.name, type]));
    const { articles, categories, authors, tags } = await server.data(`{
      articles(first: 200) { nodes { id slug path title publishedAt } }
      categories(first: 100) { nodes { id slug name } }
      authors(first: 100) { nodes { id slug name } } tags(first: 100) { nodes { id slug name } } }`);
    const all = [articles, categories, authors, tags].flatMap(({ nodes }) => nodes);
    const texts = all.map(({ title, name }) => title ?? name);
    asker.known = {
      id: all.map(({ id }) => id),
      slug: all.map(({ slug }) => slug),
      path: articles.nodes.map(({ path }) => path),
      instant: articles.nodes.map(({ publishedAt }) => publishedAt),
      text: texts.flatMap((text) => [text, ...text.split(/\s+/), text.slice(0, 2)]).filter((text) => text.trim()),
    };
    return asker;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** A document with one to three root fields. */
  operation(name) {
    const fields = Array.from({ length: 1 + Math.floor(this.next() * 3) }, (_, number) => {
      const field = this.pick(this.types.Query.fields.filter(({ name }) => !name.startsWith('__')));
      return `root${number}: ${this.field(field, DEPTH)}`;
    });
    return `query ${name} { ${fields.join(' ')} }`;
  }

  field({ name, args, type }, depth) {
    const given = this.arguments(args);
    const type_ = this.types[named(type).name];
    const isLeaf = type_.kind === 'SCALAR' || type_.kind === 'ENUM';
    return `${name}${given}${isLeaf ? '' : ` ${this.selection(type_, depth - 1)}`}`;
  }

  selection(type, depth) {
    if (type.kind !== 'OBJECT') {
      // Types may have fields of one name and different kinds: each is asked alone.
      const { name } = this.pick(type.possibleTypes);
      return `{ __typename ... on ${name} ${this.selection(this.types[name], depth)} }`;
    }
    const isLeaf = ({ type }) => ['SCALAR', 'ENUM'].includes(this.types[named(type).name].kind);
    const able = type.fields.filter((field) => isLeaf(field) || depth > 0);
    const chosen = new Set();
    for (let number = 0; number < FIELDS && able.length > 0; number += 1) chosen.add(this.pick(able));
    return `{ ${['__typename', ...[...chosen].map((field) => this.field(field, depth))].join(' ')} }`;
  }

  arguments(args) {
    const given = args.filter((arg) => !PAGING.includes(arg.name) && (isRequired(arg) || this.next() < 0.3));
    const parts = given.map((arg) => `${arg.name}: ${this.value(arg, 3)}`);
    if (args.some(({ name }) => name === 'first')) parts.push(...this.page(args));
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  }

  page(args) {
    const few = Math.floor(this.next() * 8);
    const has = (name) => args.some((arg) => arg.name === name);
    if (has('offset') && this.next() < 0.2) return [`first: ${few}`, `offset: ${Math.floor(this.next() * 40)}`];
    return [has('last') && this.next() < 0.2 ? `last: ${few}` : `first: ${few}`];
  }

  value({ name, type }, depth) {
    if (isList(type)) {
      const item = { name, type: named(type) };
      const isInput = this.types[item.type.name].kind === 'INPUT_OBJECT';
      return `[${Array.from({ length: isInput ? 1 : 1 + Math.floor(this.next() * 3) }, () => this.value(item, depth)).join(', ')}]`;
    }
    const type_ = this.types[named(type).name];
    if (type_.kind === 'ENUM') return this.pick(type_.enumValues.filter(({ name }) => !NEEDS_MORE.includes(name))).name;
    if (type_.kind === 'INPUT_OBJECT') return this.input(type_, depth);
    const text = (list) => JSON.stringify(this.pick(list));
    switch (type_.name) {
      case 'Int': {
        const [least, most] = NUMBERS[name] ?? [0, 1_000];
        return `${least + Math.floor(this.next() * (most - least + 1))}`;
      }
      case 'Boolean': return `${this.next() < 0.5}`;
      case 'ID': return text(this.known.id);
      case 'DateTime': return text(this.known.instant);
      default: return text(this.known[name] ?? this.known.text);
    }
  }

  input({ name, isOneOf, inputFields }, depth) {
    const isEnd = ({ type }) => this.types[named(type).name].kind !== 'INPUT_OBJECT';
    const able = inputFields.filter((field) => !LEFT_OUT.includes(field.name) && (depth > 0 || isEnd(field)));
    const required = isOneOf ? [] : able.filter(isRequired);
    const one = able.length > 0 ? [this.pick(able)] : [];
    const chosen = [...new Set([...required, ...one])];
    // `fold` says how texts are compared, and needs one.
    if (name === 'StringFilter' && chosen.every((field) => field.name === 'fold')) return '{ contains: "a" }';
    return `{ ${chosen.map((field) => `${field.name}: ${this.value(field, depth - 1)}`).join(', ')} }`;
  }
}
