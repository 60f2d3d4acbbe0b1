// A frontend that reads answers by the types made of the example operations. It is compiled and never run.

import type { FrontPageQuery, FrontPageQueryVariables } from './01-front-page';
import type { ArticlePageQuery, ArticlePageQueryVariables } from './02-article-page';
import type { OldUrlsAndNeighboursQuery } from './08-old-urls-and-neighbours';

export const firstPage: FrontPageQueryVariables = {};
export const nextPage: FrontPageQueryVariables = { first: 10, after: 'cursor' };
export const wanted: ArticlePageQueryVariables = { slug: 'a-slug' };

// @ts-expect-error: the slug is required.
export const nothing: ArticlePageQueryVariables = {};

export function titles(answer: FrontPageQuery): string[] {
  return answer.articles.nodes.map((article) => `${article.title} ${article.publishedAt.slice(0, 10)}`);
}

export function cover(answer: ArticlePageQuery): string | null {
  // @ts-expect-error: there may be no such article.
  answer.article.title;
  return answer.article?.cover?.image.url ?? null;
}

export function address(answer: OldUrlsAndNeighboursQuery): string | null {
  const found = answer.resolve;
  switch (found?.__typename) {
    case undefined:
      return null;
    case 'Redirect':
      return `${found.statusCode} ${found.to}`;
    case 'Article':
      return `${found.path} ${found.title}`;
    case 'Author':
    case 'Category':
    case 'Tag':
      return `${found.path} ${found.name}`;
  }
}
