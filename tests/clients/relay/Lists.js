// A reader's app: lists of articles that grow at both ends. relay-compiler reads the texts behind `graphql`; it takes no
// `.mjs`, and wants names that begin with the file's.

import { createElement } from 'react';
import { createRequire } from 'node:module';
import reactRelay from 'react-relay';

const { useFragment, useLazyLoadQuery, usePaginationFragment } = reactRelay;
const artifact = createRequire(new URL('../node_modules/.relay/', import.meta.url));

/** Gives what the compiler made of the text. In an app's build, Babel puts it there. */
const graphql = ([text]) => artifact(`./${/(?:query|fragment) (\w+)/.exec(text)[1]}.graphql.js`);

const article = graphql`
  fragment Lists_article on Article {
    title
    body { readingMinutes }
    categories { names }
    cover { caption image { url } }
  }
`;

const everyone = {
  query: graphql`
    query ListsEveryoneQuery(
      $where: ArticleWhere, $orderBy: [ArticleOrderBy!], $first: Int, $after: String, $last: Int, $before: String
    ) {
      ...Lists_everyone
        @arguments(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
      site { title }
      viewer { role }
    }
  `,
  fragment: graphql`
    fragment Lists_everyone on Query
    @refetchable(queryName: "ListsEveryonePageQuery")
    @argumentDefinitions(
      where: { type: "ArticleWhere" }, orderBy: { type: "[ArticleOrderBy!]" }
      first: { type: "Int" }, after: { type: "String" }, last: { type: "Int" }, before: { type: "String" }
    ) {
      articles(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
        @connection(key: "Lists_everyone_articles") {
        totalCount
        edges { cursor node { id ...Lists_article } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  `,
};

const category = {
  query: graphql`
    query ListsCategoryQuery(
      $by: CategoryBy!
      $where: ArticleWhere, $orderBy: [ArticleOrderBy!], $first: Int, $after: String, $last: Int, $before: String
    ) {
      owner: category(by: $by) {
        ...Lists_category
          @arguments(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
      }
    }
  `,
  fragment: graphql`
    fragment Lists_category on Category
    @refetchable(queryName: "ListsCategoryPageQuery")
    @argumentDefinitions(
      where: { type: "ArticleWhere" }, orderBy: { type: "[ArticleOrderBy!]" }
      first: { type: "Int" }, after: { type: "String" }, last: { type: "Int" }, before: { type: "String" }
    ) {
      articles(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
        @connection(key: "Lists_category_articles") {
        totalCount
        edges { cursor node { id ...Lists_article } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  `,
};

const author = {
  query: graphql`
    query ListsAuthorQuery(
      $by: AuthorBy!
      $where: ArticleWhere, $orderBy: [ArticleOrderBy!], $first: Int, $after: String, $last: Int, $before: String
    ) {
      owner: author(by: $by) {
        ...Lists_author
          @arguments(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
      }
    }
  `,
  fragment: graphql`
    fragment Lists_author on Author
    @refetchable(queryName: "ListsAuthorPageQuery")
    @argumentDefinitions(
      where: { type: "ArticleWhere" }, orderBy: { type: "[ArticleOrderBy!]" }
      first: { type: "Int" }, after: { type: "String" }, last: { type: "Int" }, before: { type: "String" }
    ) {
      articles(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
        @connection(key: "Lists_author_articles") {
        totalCount
        edges { cursor node { id ...Lists_article } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  `,
};

const tag = {
  query: graphql`
    query ListsTagQuery(
      $by: TagBy!
      $where: ArticleWhere, $orderBy: [ArticleOrderBy!], $first: Int, $after: String, $last: Int, $before: String
    ) {
      owner: tag(by: $by) {
        ...Lists_tag
          @arguments(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
      }
    }
  `,
  fragment: graphql`
    fragment Lists_tag on Tag
    @refetchable(queryName: "ListsTagPageQuery")
    @argumentDefinitions(
      where: { type: "ArticleWhere" }, orderBy: { type: "[ArticleOrderBy!]" }
      first: { type: "Int" }, after: { type: "String" }, last: { type: "Int" }, before: { type: "String" }
    ) {
      articles(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)
        @connection(key: "Lists_tag_articles") {
        totalCount
        edges { cursor node { id ...Lists_article } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  `,
};

const lists = { everyone, category, author, tag };

function Article({ node }) {
  const { title, body } = useFragment(article, node);
  return createElement('li', { id: node.id }, `${title} (${body.readingMinutes} min)`);
}

function Pages({ fragment, owner, size }) {
  const { data, hasPrevious, hasNext, loadPrevious, loadNext } = usePaginationFragment(fragment, owner);
  const onComplete = (error) => error && console.error(error);
  const { edges, totalCount } = data.articles;
  return createElement(
    'section',
    { totalCount },
    hasPrevious && createElement('button', { name: 'previous', onClick: () => loadPrevious(size, { onComplete }) }),
    createElement('ol', null, edges.map(({ node }) => createElement(Article, { key: node.id, node }))),
    hasNext && createElement('button', { name: 'next', onClick: () => loadNext(size, { onComplete }) }),
  );
}

/** The articles of an owner, from the page that the variables ask for. */
export function List({ name, variables, size }) {
  const { query, fragment } = lists[name];
  const data = useLazyLoadQuery(query, variables);
  return createElement(Pages, { fragment, owner: data.owner ?? data, size });
}
