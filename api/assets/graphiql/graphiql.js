// Mounts GraphiQL 4 on the page that index.html is. No build step: the three libraries are globals of
// their ready-made files in vendor/, and the server puts the example operations into the page.

const { createElement, useEffect } = React;

/** The example operations, a tab each; GraphiQL names a tab after its operation. */
function exampleTabs() {
  const examples = JSON.parse(document.getElementById('examples').textContent);
  return examples.map(({ query, variables }) => ({
    query: query.trimEnd(),
    variables: variables?.trimEnd(),
  }));
}

/**
 * Switches off what appears under the mouse in the answer: a preview of image URLs. GraphiQL asks the
 * image's host for it, while this page is to speak to its own server only, and 4.1.2 fails there with
 * React 18 ("cannot update an unmounted root").
 */
function NoImagePreview() {
  const { responseEditor } = GraphiQL.React.useEditorContext();
  useEffect(() => responseEditor?.setOption('info', false), [responseEditor]);
  return null;
}

// None where the server does not tell its schema.
const examples = exampleTabs();

const logo = createElement(
  'span',
  { className: 'masthead' },
  createElement('img', { src: '/graphiql/favicon.svg', alt: '', width: 24, height: 24 }),
  'Masthead',
);

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  createElement(
    GraphiQL,
    {
      // Each answer says what it cost, and whether it was there already.
      fetcher: GraphiQL.createFetcher({ url: '/graphql', headers: { 'X-Masthead-Receipt': '1' } }),
      // Only for a first visit: the tabs that a reader left behind win. Their own name space, because on
      // localhost other programs have a GraphiQL too.
      defaultTabs: examples.length > 0 ? examples : undefined,
      storage: GraphiQL.createLocalStorage({ namespace: 'masthead' }),
      defaultEditorToolsVisibility: 'variables',
      // For a preview token; it is a secret, so it is gone with the page.
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
    },
    createElement(GraphiQL.Logo, null, logo),
    createElement(NoImagePreview),
  ),
);
