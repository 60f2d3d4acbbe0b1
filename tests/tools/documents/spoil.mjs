// Documents, changed a little: by their tree and by their tokens. Most are invalid then, in many ways.

import { getNamedType, isLeafType, Kind, Lexer, parse, parseType, parseValue, print, Source, TokenKind, visit } from 'graphql';

const words = ['id', 'title', 'nodes', 'slug', 'nothing', 'on', 'true', 'null', 'query', 'fragment', '__typename', '__schema', '__type', '_', 'A1', 'type', 'names', 'edges', 'node', 'totalCount'];
const literals = [
  '0', '-0', '1', '-1', '2147483647', '2147483648', '-2147483648', '-2147483649', '99999999999999999999', '0.0', '1.5', '-1e3', '1E400', '1e-9',
  'true', 'false', 'null', 'ASC', 'TITLE', 'PUBLISHED', 'NOTHING', '"ASC"', '"PUBLISHED"', '""', '"a"', '"1"', '"true"', '"""a"""', '"""\n a\n"""',
  '"2024-02-30T00:00:00Z"', '"no date"', '"\\uD83D\\uDE00"', '"\\u{10FFFF}"', '[]', '[null]', '[1]', '["a"]', '[["a"]]', '[ASC, "b"]', '{}', '{id: 1}', '{id: "a"}',
  '{id: null}', '{slug: "a", id: "b"}', '{slug: null, id: null}', '{slug: null, id: "b"}', '{eq: "a"}', '{eq: 1}', '{in: "a"}', '{in: ["a", null]}', '{in: null}', '{not: {}}', '{field: TITLE, direction: ASC}',
  '{field: TITLE}', '{field: "TITLE", direction: ASC}', '{nothing: 1}', '{or: []}', '{or: {title: {eq: "a"}}}', '{title: {eq: "a", eq: "b"}}', '{names: ["a"]}', '{names: "a"}', '$v1', '$nothing', '[$v1]', '{id: $v1}', '{slug: $nothing}',
];
const types = ['Int', 'Int!', 'Float', 'String', 'String!', '[String!]!', '[String]', '[[String]]', '[ID!]', 'ID', 'ID!', 'Boolean', 'Boolean!', 'DateTime', 'DateTime!', 'JSON', 'URL', 'ArticleBy', 'ArticleBy!', 'ArticleWhere', 'ArticleWhere!', '[ArticleWhere!]', '[ArticleOrderBy!]', '[ArticleOrderBy!]!', 'ArticleOrderBy!', 'StringFilter', 'CategoryBy!', 'OrderDirection', 'OrderDirection!', 'Nothing', 'Article', 'Node', '[Query!]', '__Type', '__TypeKind'];
const directives = ['@skip', '@skip(if: true)', '@skip(if: false) @skip(if: true)', '@include(if: true)', '@include(if: null)', '@include(if: "true")', '@include(if: $v1)', '@include(if: $nothing)', '@include(unless: true)', '@include(if: true, if: false)', '@include(if: [true])', '@include(if: 1)', '@deprecated', '@deprecated(reason: "a")', '@oneOf', '@specifiedBy(url: "a")', '@nothing', '@nothing(a: $v1)', '@include(if: true) @skip(if: false)'];
const definitions = [
  'type A { a: Int }', 'extend type Query { a: Int }', 'scalar S', 'enum E { A B }', 'input I { a: Int = 1 }', 'union U = A | B', 'interface I { a(b: [Int!]! = [1]): Int }', 'directive @d(a: Int) repeatable on FIELD | QUERY',
  'schema { query: Query }', 'extend schema @a', '"described" type A', 'type A implements B & C', 'extend enum E @a', 'extend input I { a: Int }', 'extend union U = | A', 'extend scalar S @a', 'extend interface I { a: Int }', 'type A {}', 'extend type A', 'extend scalar S', 'union U =', 'enum E { true }', 'directive @d on NOWHERE', 'directive @d() on FIELD', 'schema {}', '"text" extend type A { a: Int }', 'type A implements & B { "a" a: Int @b(c: 1) }', 'input I { a: Int = $b }', 'interface A implements B { c: D }', 'directive @d on | FIELD', 'extend schema { query: Query }', 'extend schema',
  '"described" query Described { __typename }', '"described" { __typename }', '"""described""" fragment Described on Query { __typename }', '"described" "twice" query D { __typename }', 'query ("described" $v: Int) { __typename @skip(if: true) }',
  'fragment on on Query { __typename }', 'fragment V($v: Int) on Query { __typename }', 'fragment F1 Query { id }', 'fragment F9 on { id }', 'fragment F9 on Query', 'query', 'query Q9', 'query Q9() { __typename }', 'query Q9 {}', '{}', '{ __typename { id } }', '{ __typename(a: 1) }', '{ __typename @nothing }', '{ a: __typename b: __typename a: __typename }',
  'mutation { a }', 'mutation M { a a: b }', 'subscription S { a b }', 'subscription { a }', 'query on { __typename }', 'query true { __typename }', 'query null($null: Int = null) { __typename @skip(if: $null) }', 'fragment true on Query { __typename }', 'query Q8 { ...true } fragment true on Query { __typename }', 'Query { id }', 'query Q7 { ... { __typename } }', 'query Q6 { ...@skip(if: true) { __typename } }', 'query Q5 { ...on Query { __typename } }', 'query Q4 { ...onQuery }', 'query Q3($a: Int! = null) { __typename }', 'query Q2($a: Int = $b, $b: Int) { __typename }', 'query Q1 @nothing { __typename }', 'query Q0($a: Int @skip(if: true)) { __typename }', 'query ($a: [Int!!]) { __typename }', 'query ($a: [Int) { __typename }', 'query ($a Int) { __typename }', 'query ($: Int) { __typename }',
];
const scraps = ['{', '}', '(', ')', '[', ']', ':', '!', '=', '|', '&', '@', '$', '...', '..', '.', ',', '#', '# comment\n', '\ufeff', '\u00a0', '\u0000', '\u0007', '\u2028', '\t', '\r', '\r\n', '\f', '%', '?', '-', '+', '/', '\\', "'", '`', '<', '燈', '😀', '"', '"""', '01', '00', '-01', '1.', '1.e1', '.5', '1e', '1e+', '0xF', '1a', '1_', '1.5a', '1.5.2', '-', '--1', '+1', '-a', 'a-b', 'a.b', '1..2', '1...2', '0b', '1e1e1', '1$a', '0.0e0', '-0.0E-0', 'a1', '_', '"a', '"a\nb"', '"\\"', '"\\q"', '"\\u12"', '"\\u12G4"', '"\\u{}"', '"\\u{110000}"', '"\\u{D800}"', '"\\uD800"', '"\\uDC00"', '"\\uD83D\\uDE00"', '"\\uD83D\\u0041"', '"\\uDE00\\uD83D"', '"\\u{1F600}"', '"\\u{000000000041}"', '"\\u{41"', '"\\U0041"', '"\\/\\b\\f\\n\\r\\t"', '"\u0000"', '"\u0007"', '"\u007f"', '"\t"', '"""\u0000"""', '"""\u0007"""', '"""\\"""', '"""\\""""""', '"""a""""', '""""""', '""""', '"" ""', '"""\\u12"""', '"""a\rb\r\nc"""', '"""', '#\u0000\n', '#\u0007', '#燈\n', '# "\n', '\u007f', '\u0080', '\u200b', '\ufffe', '\u{10ffff}'];

/** All nodes of these kinds, with what holds them. */
function nodes(document, ...kinds) {
  const found = [];
  visit(document, { enter: (node, _key, parent) => (kinds.includes(node.kind) ? void found.push({ node, parent }) : undefined) });
  return found;
}

const sets = (document) => nodes(document, Kind.SELECTION_SET).map(({ node }) => node);
const fields = (document) => nodes(document, Kind.FIELD).map(({ node }) => node);
const name = (value) => ({ kind: Kind.NAME, value });
const selection = (text) => parse(`{ ${text} }`).definitions[0].selectionSet.selections[0];
const directive = (text) => parse(`{ a ${text} }`).definitions[0].selectionSet.selections[0].directives;
const value = (text) => parseValue(text);
const copy = (node) => JSON.parse(JSON.stringify(node, (key, inner) => (key === 'loc' ? undefined : inner)));

/** Changes of a tree, in place. */
const changes = {
  fieldRenamed(document, chance) { const field = chance.of(fields(document)); if (field) field.name = name(chance.once(3) ? `${field.name.value}s` : chance.of(words.filter((word) => /^[a-z_A]/.test(word)))); },
  fieldAliased(document, chance) { const all = fields(document); const [field, other] = [chance.of(all), chance.of(all)]; if (field) field.alias = name((other.alias ?? other.name).value); },
  aliasDropped(document, chance) { const field = chance.of(fields(document).filter(({ alias }) => alias)); if (field) field.alias = undefined; },
  fieldTwice(document, chance) { const set = chance.of(sets(document)); if (set) set.selections = [...set.selections, copy(chance.of(set.selections))]; },
  selectionMoved(document, chance) { const all = sets(document); if (all.length > 0) { const [from, to] = [chance.of(all), chance.of(all)]; to.selections = [...to.selections, copy(chance.of(from.selections))]; } },
  leafSelected(document, chance) { const field = chance.of(fields(document).filter(({ selectionSet }) => !selectionSet)); if (field) field.selectionSet = { kind: Kind.SELECTION_SET, selections: [selection(chance.of(['__typename', 'id', 'a: b']))] }; },
  selectionDropped(document, chance) { const field = chance.of(fields(document).filter(({ selectionSet }) => selectionSet)); if (field) field.selectionSet = undefined; },
  typename(document, chance) { const set = chance.of(sets(document)); set.selections = [...set.selections, selection(chance.of(['__typename', '__typename', 't: __typename', '__typename(a: 1)', '__typename { id }', '__typename @nothing', '__typename @skip(if: true)', 'id: __typename', '__typename @skip(if: $nothing)', 'title: __typename']))]; },
  introspection(document, chance) { const set = chance.of([document.definitions[0].selectionSet, ...sets(document)].filter(Boolean)); set.selections = [...set.selections, selection(chance.of(['__schema { types { name } }', '__schema', '__schema { nothing }', '__schema(a: 1) { description }', '__type { name }', '__type(name: 1) { name }', '__type(name: "A") { fields { name type { fields { name } } } }', '__type(name: "A") { fields { type { fields { type { fields { name } } } } } }', '__type(name: "A") { name ofType { ofType { kind interfaces { possibleTypes { name } } } } }', '__type(name: null) { name }', '__type(name: "A", name: "B") { name }', '__type(name: "A") { fields(includeDeprecated: "a") { name } inputFields(includeDeprecated: null) { name isDeprecated deprecationReason } }', '__schema { directives { args(includeDeprecated: true) { name } isRepeatable } }', '__schema { directives(a: 1) { name } }', '__schema { types { isOneOf specifiedByURL specifiedByUrl } }', '__type(name: "A") { isOneOf possibleTypes { interfaces { name } } enumValues(includeDeprecated: true) { name } }', '__schema { queryType { ...on __Type { name } ...on __Field { name } } }', '__typename: title', '__schema { mutationType { name } subscriptionType { kind } }']))]; },
  argument(document, chance) { const field = chance.of(fields(document)); if (field) field.arguments = [...(field.arguments ?? []), { kind: Kind.ARGUMENT, name: name(chance.of(['first', 'where', 'by', 'nothing', 'id', 'orderBy', 'after', 'length', 'if'])), value: value(chance.of(literals)) }]; },
  argumentTwice(document, chance) { const field = chance.of(fields(document).filter((field) => field.arguments?.length > 0)); if (field) field.arguments = [...field.arguments, copy(chance.of(field.arguments))]; },
  argumentDropped(document, chance) { const field = chance.of(fields(document).filter((field) => field.arguments?.length > 0)); if (field) field.arguments = field.arguments.slice(1); },
  argumentsTurned(document, chance) { const field = chance.of(fields(document).filter((field) => field.arguments?.length > 1)); if (field) field.arguments = [...field.arguments].reverse(); },
  valueReplaced(document, chance) { const argument = chance.of(nodes(document, Kind.ARGUMENT, Kind.OBJECT_FIELD)); if (argument) argument.node.value = value(chance.of(literals)); },
  defaultReplaced(document, chance) { const variable = chance.of(nodes(document, Kind.VARIABLE_DEFINITION)); if (variable) variable.node.defaultValue = chance.once(4) ? undefined : value(chance.of(literals.filter((text) => !text.includes('$')))); },
  itemReplaced(document, chance) { const list = chance.of(nodes(document, Kind.LIST)); if (list) list.node.values = [...list.node.values, value(chance.of(literals))]; },
  wrapped(document, chance) { const argument = chance.of(nodes(document, Kind.ARGUMENT, Kind.OBJECT_FIELD)); if (argument) argument.node.value = { kind: Kind.LIST, values: [argument.node.value] }; },
  stringTurned(document, chance) { const text = chance.of(nodes(document, Kind.STRING)); if (text) text.node.block = !text.node.block && !text.node.value.includes('"'); },
  enumQuoted(document, chance) { const held = chance.of(nodes(document, Kind.ENUM)); if (held) Object.assign(held.node, { kind: Kind.STRING }); },
  objectTwice(document, chance) { const object = chance.of(nodes(document, Kind.OBJECT).filter(({ node }) => node.fields.length > 0)); if (object) object.node.fields = [...object.node.fields, copy(chance.of(object.node.fields))]; },
  objectField(document, chance) { const object = chance.of(nodes(document, Kind.OBJECT)); if (object) object.node.fields = [...object.node.fields, { kind: Kind.OBJECT_FIELD, name: name(chance.of(['id', 'slug', 'path', 'nothing', 'eq', 'field', 'and', 'Id'])), value: value(chance.of(literals)) }]; },
  objectFieldDropped(document, chance) { const object = chance.of(nodes(document, Kind.OBJECT).filter(({ node }) => node.fields.length > 0)); if (object) object.node.fields = object.node.fields.slice(1); },
  objectTurned(document, chance) { const object = chance.of(nodes(document, Kind.OBJECT)); if (object) object.node.fields = [...object.node.fields].reverse(); },
  variableRenamed(document, chance) { const variable = chance.of(nodes(document, Kind.VARIABLE)); if (variable) variable.node.name = name(chance.of(['v1', 'v2', 'nothing', 'on', 'null'])); },
  variableInserted(document, chance) { const argument = chance.of(nodes(document, Kind.ARGUMENT, Kind.OBJECT_FIELD)); const variable = chance.of(nodes(document, Kind.VARIABLE_DEFINITION)); if (argument) argument.node.value = chance.once(5) ? { kind: Kind.LIST, values: [{ kind: Kind.VARIABLE, name: name(variable?.node.variable.name.value ?? 'v1') }] } : { kind: Kind.VARIABLE, name: name(variable?.node.variable.name.value ?? 'v1') }; },
  variableRetyped(document, chance) { const variable = chance.of(nodes(document, Kind.VARIABLE_DEFINITION)); if (variable) variable.node.type = parseType(chance.of(types)); },
  variableLoosened(document, chance) { const variable = chance.of(nodes(document, Kind.VARIABLE_DEFINITION)); if (variable) { const { type } = variable.node; variable.node.type = type.kind === Kind.NON_NULL_TYPE ? type.type : chance.once(2) ? { kind: Kind.NON_NULL_TYPE, type } : { kind: Kind.LIST_TYPE, type }; } },
  variableAdded(document, chance) { const operation = chance.of(nodes(document, Kind.OPERATION_DEFINITION)); if (operation) operation.node.variableDefinitions = [...(operation.node.variableDefinitions ?? []), ...parse(`query ($${chance.of(['v1', 'v2', 'unused'])}: ${chance.of(types)}${chance.of(['', ' = null', ' = 1', ' @skip(if: true)', ' @nothing'])}) { a }`).definitions[0].variableDefinitions]; },
  variableDropped(document, chance) { const operation = chance.of(nodes(document, Kind.OPERATION_DEFINITION).filter(({ node }) => node.variableDefinitions?.length > 0)); if (operation) operation.node.variableDefinitions = operation.node.variableDefinitions.slice(1); },
  variableTwice(document, chance) { const operation = chance.of(nodes(document, Kind.OPERATION_DEFINITION).filter(({ node }) => node.variableDefinitions?.length > 0)); if (operation) operation.node.variableDefinitions = [...operation.node.variableDefinitions, copy(operation.node.variableDefinitions[0])]; },
  definitionTwice(document, chance) { document.definitions = [...document.definitions, copy(chance.of(document.definitions))]; },
  operationRenamed(document, chance) { const operation = chance.of(nodes(document, Kind.OPERATION_DEFINITION)); if (operation) operation.node.name = chance.once(3) ? undefined : name(chance.of(['Q1', 'Q2', 'on', 'query'])); },
  operationTurned(document, chance) { const operation = chance.of(nodes(document, Kind.OPERATION_DEFINITION)); if (operation) operation.node.operation = chance.of(['mutation', 'subscription']); },
  definitionsTurned(document) { document.definitions = [...document.definitions].reverse(); },
  definitionAdded(document, chance) { document.definitions = [...document.definitions, ...parse(chance.of(['{ __typename }', 'query Z { __typename }', 'fragment Z on Query { __typename }', 'fragment Z on Article { id ...Z }', 'fragment Z on Article { id ...Y } fragment Y on Article { ...Z }', 'type A { a: Int }', 'mutation Z { a }', 'subscription Z { a }', 'query Z { ...Z } fragment Z on Query { ...Y } fragment Y on Query { __typename }'])).definitions]; },
  spread(document, chance) { const set = chance.of(sets(document)); const fragment = chance.of(nodes(document, Kind.FRAGMENT_DEFINITION)); set.selections = [...set.selections, selection(`...${chance.once(6) ? 'nothing' : (fragment?.node.name.value ?? 'F1')}${chance.once(6) ? ` ${chance.of(directives)}` : ''}`)]; },
  spreadDropped(document, chance) { const set = chance.of(sets(document).filter((set) => set.selections.length > 1)); if (set) set.selections = set.selections.filter(({ kind }) => kind === Kind.FIELD || chance.once(2)).concat(set.selections.slice(0, 1)); },
  conditionReplaced(document, chance, schema) { const fragment = chance.of(nodes(document, Kind.FRAGMENT_DEFINITION, Kind.INLINE_FRAGMENT)); if (fragment) fragment.node.typeCondition = chance.once(8) && fragment.node.kind === Kind.INLINE_FRAGMENT ? undefined : { kind: Kind.NAMED_TYPE, name: name(chance.once(8) ? 'Nothing' : chance.of(Object.keys(schema.getTypeMap()))) }; },
  inlined(document, chance) { const set = chance.of(sets(document)); set.selections = [{ kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: set.selections } }]; },
  directive(document, chance) { const held = chance.of(nodes(document, Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_DEFINITION, Kind.OPERATION_DEFINITION)); held.node.directives = [...(held.node.directives ?? []), ...directive(chance.of(directives))]; },
  /** Two members of a union or interface, with something under one name. */
  members(document, chance, schema) {
    const [abstract, outer] = chance.of([['Node', 'nodes(ids: ["a"])'], ['Node', 'node(id: "a")'], ['Resolution', 'resolve(path: "a")']]);
    const members = schema.getPossibleTypes(schema.getType(abstract));
    const parts = Array.from({ length: 2 + chance.below(2) }, () => {
      const type = chance.once(4) ? schema.getType(abstract) : chance.of(members);
      const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
      const field = chance.of(fields);
      if (!field) return `... on ${type} { x: __typename }`;
      const named = getNamedType(field.type);
      const inner = isLeafType(named) ? '' : ` { ${'getFields' in named ? chance.some(Object.values(named.getFields()).filter((inner) => isLeafType(getNamedType(inner.type))), 2).map((leaf) => `${chance.of(['y: ', ''])}${leaf.name}`).join(' ') : ''} __typename }`;
      return `... on ${type} { ${chance.once(6) ? 'x: __typename' : `x: ${field.name}${inner}`} }`;
    });
    const text = `${outer} { ${parts.join(' ')} }`;
    const set = document.definitions.find(({ selectionSet }) => selectionSet)?.selectionSet;
    if (set) set.selections = [...set.selections, selection(`m${chance.below(99)}: ${text}`)];
  },
  /** One field twice, with arguments that are or are not the same, in the set or in fragments of it. */
  merged(document, chance) {
    const field = chance.of(fields(document));
    const set = chance.of(sets(document).filter(({ selections }) => selections.includes(field)));
    if (!set) return;
    const twin = copy(field);
    const turn = chance.below(5);
    if (turn === 0 && twin.arguments?.length > 0) chance.of(twin.arguments).value = value(chance.of(literals));
    if (turn === 1 && twin.arguments?.length > 0) twin.arguments = [...twin.arguments].reverse();
    if (turn === 2) twin.name = name(chance.of(words));
    if (turn === 3 && twin.selectionSet) twin.selectionSet.selections = [...twin.selectionSet.selections].reverse();
    const wrap = (selections) => ({ kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections } });
    set.selections = [...set.selections, chance.once(2) ? twin : wrap([chance.once(2) ? twin : wrap([twin])])];
  },
  deep(document, chance) { const set = chance.of(sets(document)); for (let level = chance.below(30); level > 0; level -= 1) set.selections = [{ kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: set.selections } }]; },
  wide(document, chance) { const set = chance.of(sets(document)); const one = chance.of(set.selections); set.selections = [...set.selections, ...Array.from({ length: chance.below(20) }, () => copy(one))]; },
};

/** The tokens of a text, with what stands between them. */
function tokens(text) {
  const lexer = new Lexer(new Source(text));
  const found = [];
  let end = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    found.push({ before: text.slice(end, token.start), text: text.slice(token.start, token.end) });
    end = token.end;
  }
  return found;
}

const joined = (parts) => parts.map(({ before, text }) => before + text).join('');

/** Changes of a text. */
const scratches = {
  dropped(text, chance) { const all = tokens(text); all.splice(chance.below(all.length), 1); return joined(all); },
  doubled(text, chance) { const all = tokens(text); const place = chance.below(all.length); all.splice(place, 0, { before: ' ', text: all[place].text }); return joined(all); },
  exchanged(text, chance) { const all = tokens(text); const [one, two] = [chance.of(all), chance.of(all)]; [one.text, two.text] = [two.text, one.text]; return joined(all); },
  inserted(text, chance) { const all = tokens(text); all.splice(chance.below(all.length + 1), 0, { before: chance.of(['', ' ']), text: chance.of(scraps) }); return joined(all); },
  replaced(text, chance) { const all = tokens(text); chance.of(all).text = chance.of([...scraps, ...words, ...literals]); return joined(all); },
  valueReplaced(text, chance) { const all = tokens(text); const values = all.filter(({ text }) => /^["\d-]/.test(text)); if (values.length > 0) chance.of(values).text = chance.of([...scraps, ...literals]); return joined(all); },
  blanks(text, chance) { return joined(tokens(text).map((token) => (token.before === '' ? token : { ...token, before: chance.of([' ', ',', ', ,', '\n', '\r\n', '\r', '\t', '\ufeff', ' # comment, "{}\n', '#\r']) }))); },
  glued(text, chance) { const all = tokens(text); chance.of(all).before = ''; return joined(all); },
  cut(text, chance) { return text.slice(0, chance.below(text.length + 1)).toWellFormed(); },
  character(text, chance) { const place = chance.below(text.length + 1); return (text.slice(0, place) + chance.of(scraps) + text.slice(place + chance.below(2))).toWellFormed(); },
  framed(text, chance) { return chance.of(['\ufeff', '\n\n', '# comment\n', ',,,', '\u0000', '"described" ', '']) + text + chance.of(['', '\n', '# end', '#', ',', '\ufeff', '}', '\u0000', ' """']); },
  definition(text, chance) { return chance.once(2) ? `${text}\n${chance.of(definitions)}` : chance.of(definitions); },
  empty(text, chance) { const all = tokens(text); const opening = all.map(({ text }, place) => [text, place]).filter(([text]) => '{(['.includes(text)); const [open, place] = chance.of(opening); let depth = 0; const close = { '{': '}', '(': ')', '[': ']' }[open]; let end = place; do { if (all[end].text === open) depth += 1; if (all[end].text === close) depth -= 1; end += 1; } while (depth > 0 && end < all.length); all.splice(place + 1, end - place - 2); return joined(all); },
};

/** A document with a few changes, perhaps with none that matters. */
export function spoil(text, chance, schema) {
  let spoiled = text;
  const kinds = chance.of(['tree', 'tree', 'tree', 'text', 'both']);
  if (kinds !== 'text') {
    const document = copy(parse(spoiled));
    for (let count = 1 + chance.below(2); count > 0; count -= 1) changes[chance.of(Object.keys(changes))](document, chance, schema);
    try {
      spoiled = print(document);
    } catch {
      return spoiled;
    }
  }
  if (kinds !== 'tree') {
    try {
      spoiled = scratches[chance.of(Object.keys(scratches))](spoiled, chance);
    } catch {
      // What the tree became is no text that has tokens.
      return spoiled;
    }
  }
  return spoiled;
}
