// Answers are compared before they are timed.

/** Asks all servers everything; ends the run at the first answer that is not that of the first server. */
export async function check(operation, servers) {
  const [[first, model], ...others] = Object.entries(servers);
  for (const [number, body] of operation.bodies().entries()) {
    const expected = await answer(model, first, body);
    operation.answers[number] = expected;
    for (const [name, server] of others) {
      const given = await answer(server, name, body);
      // Compared as text, so that the order of keys counts.
      const [one, other] = [expected, given].map((text) => JSON.stringify(JSON.parse(text)));
      if (one !== other) throw new Error(difference(operation, number, [first, one], [name, other]));
    }
  }
}

async function answer(server, name, body) {
  const headers = { 'content-type': 'application/json' };
  const { status, headers: { 'content-type': type }, body: bytes } = await server.exchange('POST', '/graphql', headers, body);
  const text = bytes.toString();
  if (status !== 200 || type !== 'application/json; charset=utf-8' || !text.startsWith('{"data":{')) {
    throw new Error(`${name} answers ${status} (${type})\n${body}\n${text}`);
  }
  return text;
}

/** Both answers from a little before the place where they part. */
function difference(operation, number, ...answers) {
  const [[, one], [, other]] = answers;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const shown = answers.map(([name, text]) => `${name}: …${text.slice(Math.max(0, at - 120), at + 200)}…`);
  return `${operation.name} ${JSON.stringify(operation.sets[number])} is answered in two ways:\n${shown.join('\n')}`;
}
