CREATE TABLE "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
CREATE TABLE "image" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "original_url" text NOT NULL UNIQUE, "alt" text, "width" integer, "height" integer, "mime_type" text, "created_at" integer NOT NULL , "media" text, "bytes" integer, "source_root" text, "source_file" text, "source_stamp" text);
CREATE TABLE "author" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "path" text NOT NULL UNIQUE, "name" text NOT NULL UNIQUE, "bio" text, "website" text, "avatar_id" integer, FOREIGN KEY ("avatar_id") REFERENCES "image" ("id") );
CREATE TABLE "category" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "parent_id" integer, "name" text NOT NULL, "lineage" text NOT NULL UNIQUE, "slug" text NOT NULL UNIQUE, "path" text NOT NULL UNIQUE, "depth" integer NOT NULL, FOREIGN KEY ("parent_id") REFERENCES "category" ("id") );
CREATE TABLE "category_closure" ( "ancestor_id" integer NOT NULL, "descendant_id" integer NOT NULL, "distance" integer NOT NULL, PRIMARY KEY ("ancestor_id", "descendant_id"), FOREIGN KEY ("ancestor_id") REFERENCES "category" ("id") ON DELETE CASCADE, FOREIGN KEY ("descendant_id") REFERENCES "category" ("id") ON DELETE CASCADE );
CREATE TABLE "tag" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "path" text NOT NULL UNIQUE, "name" text NOT NULL UNIQUE );
CREATE TABLE "article" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" text NOT NULL UNIQUE, "path" text NOT NULL UNIQUE, "title" text NOT NULL, "excerpt" text, "opening" text NOT NULL, "locale" text NOT NULL, "is_draft" boolean NOT NULL, "published_at" integer NOT NULL, "created_at" integer NOT NULL, "updated_at" integer NOT NULL, "comments_enabled" boolean NOT NULL, "source_url" text, "word_count" integer NOT NULL, "version" integer NOT NULL, "extra" text NOT NULL, "source_root" text, "source_path" text, "source_digest" text , "translation_key" text);
CREATE TABLE "body" ( "article_id" integer NOT NULL PRIMARY KEY, "html" text NOT NULL, "markdown" text NOT NULL, "text" text NOT NULL, "headings" text NOT NULL, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "earlier_path" ( "path" text NOT NULL PRIMARY KEY, "article_id" integer NOT NULL, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "article_category" ( "category_id" integer NOT NULL, "article_id" integer NOT NULL, "is_draft" boolean NOT NULL, "published_at" integer NOT NULL, "is_leaf" boolean NOT NULL, "position" integer NOT NULL, PRIMARY KEY ("category_id", "article_id"), FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE CASCADE, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "article_author" ( "author_id" integer NOT NULL, "article_id" integer NOT NULL, "is_draft" boolean NOT NULL, "published_at" integer NOT NULL, "position" integer NOT NULL, PRIMARY KEY ("author_id", "article_id"), FOREIGN KEY ("author_id") REFERENCES "author" ("id") ON DELETE CASCADE, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "article_tag" ( "tag_id" integer NOT NULL, "article_id" integer NOT NULL, "is_draft" boolean NOT NULL, "published_at" integer NOT NULL, PRIMARY KEY ("tag_id", "article_id"), FOREIGN KEY ("tag_id") REFERENCES "tag" ("id") ON DELETE CASCADE, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "figure" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "article_id" integer NOT NULL, "position" integer NOT NULL, "image_id" integer NOT NULL, "alt" text NOT NULL, "caption" text, "credit" text, "is_cover" boolean NOT NULL, "is_thumbnail" boolean NOT NULL, "is_draft" boolean NOT NULL, "published_at" integer NOT NULL, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE, FOREIGN KEY ("image_id") REFERENCES "image" ("id") );
CREATE TABLE "content_generation" ( "id" integer NOT NULL PRIMARY KEY, "generation" integer NOT NULL );
CREATE TABLE "source_file" ( "article_id" integer NOT NULL PRIMARY KEY, "dialect" text NOT NULL, "content" blob NOT NULL, FOREIGN KEY ("article_id") REFERENCES "article" ("id") ON DELETE CASCADE );
CREATE TABLE "site" ( "id" integer NOT NULL PRIMARY KEY, "title" text, "description" text, "url" text, "locale" text, "timezone" text );
CREATE TABLE "site_file" ( "root" text NOT NULL, "path" text NOT NULL, "position" integer NOT NULL, "dialect" text NOT NULL, "content" blob NOT NULL, PRIMARY KEY ("root", "path") );
INSERT INTO "seaql_migrations" VALUES ('m20261122_000001_create_image', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000002_create_author', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000003_create_category', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000004_create_tag', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000005_create_article', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000006_create_article_relations', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000007_create_figure', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261122_000008_create_content_generation', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261123_000009_add_image_copy', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261123_000010_create_source_file', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261123_000011_create_site', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261123_000012_add_article_translation_key', 1795753299);
INSERT INTO "seaql_migrations" VALUES ('m20261123_000013_create_site_file', 1795753299);
INSERT INTO "image" VALUES (1, 'https://images.example.com/2025/11/loaf.avif', NULL, NULL, NULL, 'image/avif', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (2, 'https://images.example.com/2025/11/oven.jpg', 'A loaf', NULL, NULL, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (3, 'https://images.example.com/2026/02/tide-table.jpg', '潮汐表', NULL, NULL, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (4, 'https://images.example.com/2026/03/gulls.png', 'Gulls', NULL, NULL, 'image/png', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (5, 'https://images.example.com/2026/03/quay.jpg', 'A stone quay', 770, 513, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (6, 'https://images.example.com/2099/envelope.jpg', NULL, NULL, NULL, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (7, 'https://images.example.com/2099/stamp.png', NULL, NULL, NULL, 'image/png', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (8, 'https://images.example.com/drafts/desk.jpg', NULL, NULL, NULL, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (9, 'https://images.example.com/people/mei.jpg', NULL, NULL, NULL, 'image/jpeg', 1795348800000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "image" VALUES (10, 'https://tide.example.com/images/quay-small.webp', NULL, NULL, NULL, 'image/webp', 1795348800000000, NULL, NULL, '/tmp/tide', 'source/images/quay-small.webp', NULL);
INSERT INTO "author" VALUES (1, 'jonas-weir', '/authors/jonas-weir/', 'Jonas Weir', NULL, NULL, NULL);
INSERT INTO "author" VALUES (2, 'mei-lin', '/authors/mei-lin/', 'Mei Lin', 'Walks, and writes down where.', 'https://mei.example.org/', 9);
INSERT INTO "author" VALUES (3, 'nobody-yet', '/authors/nobody-yet/', 'Nobody Yet', NULL, NULL, NULL);
INSERT INTO "author" VALUES (4, '林美', '/authors/林美/', '林美', NULL, NULL, NULL);
INSERT INTO "category" VALUES (1, NULL, 'Drawer', 'Drawer', 'drawer', '/categories/drawer/', 0);
INSERT INTO "category" VALUES (2, NULL, 'Notes', 'Notes', 'notes', '/categories/notes/', 0);
INSERT INTO "category" VALUES (3, NULL, 'Places', 'Places', 'places', '/categories/places/', 0);
INSERT INTO "category" VALUES (4, NULL, 'Walks', 'Walks', 'walks', '/categories/walks/', 0);
INSERT INTO "category" VALUES (5, NULL, '地方', '地方', '地方', '/categories/地方/', 0);
INSERT INTO "category" VALUES (6, NULL, '新闻', '新闻', '新闻', '/categories/新闻/', 0);
INSERT INTO "category" VALUES (7, 2, 'Letters', 'NotesLetters', 'notes/letters', '/categories/notes/letters/', 1);
INSERT INTO "category" VALUES (8, 3, 'Harbours', 'PlacesHarbours', 'places/harbours', '/categories/places/harbours/', 1);
INSERT INTO "category" VALUES (9, 4, 'Long', 'WalksLong', 'walks/long', '/categories/walks/long/', 1);
INSERT INTO "category" VALUES (10, 5, '港口', '地方港口', '地方/港口', '/categories/地方/港口/', 1);
INSERT INTO "category" VALUES (11, 6, '港口', '新闻港口', '新闻/港口', '/categories/新闻/港口/', 1);
INSERT INTO "category" VALUES (12, 8, 'Quay Street', 'PlacesHarboursQuay Street', 'places/harbours/quay-street', '/categories/places/harbours/quay-street/', 2);
INSERT INTO "category_closure" VALUES (1, 1, 0);
INSERT INTO "category_closure" VALUES (2, 2, 0);
INSERT INTO "category_closure" VALUES (3, 3, 0);
INSERT INTO "category_closure" VALUES (4, 4, 0);
INSERT INTO "category_closure" VALUES (5, 5, 0);
INSERT INTO "category_closure" VALUES (6, 6, 0);
INSERT INTO "category_closure" VALUES (2, 7, 1);
INSERT INTO "category_closure" VALUES (7, 7, 0);
INSERT INTO "category_closure" VALUES (3, 8, 1);
INSERT INTO "category_closure" VALUES (8, 8, 0);
INSERT INTO "category_closure" VALUES (4, 9, 1);
INSERT INTO "category_closure" VALUES (9, 9, 0);
INSERT INTO "category_closure" VALUES (5, 10, 1);
INSERT INTO "category_closure" VALUES (10, 10, 0);
INSERT INTO "category_closure" VALUES (6, 11, 1);
INSERT INTO "category_closure" VALUES (11, 11, 0);
INSERT INTO "category_closure" VALUES (3, 12, 2);
INSERT INTO "category_closure" VALUES (8, 12, 1);
INSERT INTO "category_closure" VALUES (12, 12, 0);
INSERT INTO "tag" VALUES (1, 'bread', '/tags/bread/', 'bread');
INSERT INTO "tag" VALUES (2, 'sea', '/tags/sea/', 'sea');
INSERT INTO "tag" VALUES (3, 'tomorrow', '/tags/tomorrow/', 'tomorrow');
INSERT INTO "tag" VALUES (4, 'unwritten', '/tags/unwritten/', 'unwritten');
INSERT INTO "tag" VALUES (5, 'walks', '/tags/walks/', 'walks');
INSERT INTO "tag" VALUES (6, '潮汐', '/tags/潮汐/', '潮汐');
INSERT INTO "article" VALUES (1, 'unfinished', '/2026/02/02/unfinished/', 'Unfinished', NULL, 'This is a draft.', 'en', 1, 1769968922000000, 1769968922000000, 1769968922000000, 1, NULL, 4, 1, '{}', '/tmp/tide', 'source/_drafts/unfinished.md', '028de589618f57ee0e5f3a20ef6d1e7d:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (2, '2024/the-long-way', '/2024/07/20/2024/the-long-way/', 'The long way', NULL, 'Sixteen miles, and the same gulls as ever. 走了十六英里。 Mile What is there 4 a pub 16 a bus', 'en', 0, 1721437200000000, 1721437200000000, 1721437200000000, 1, NULL, 24, 1, '{}', '/tmp/tide', 'source/_posts/2024/the-long-way.md', '4b43e54db50ef13963f267dfe2f85d1b:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (3, '2024/旧闻', '/旧闻/一则', '旧闻一则', NULL, '闰日那天，港口没有船。', 'zh', 0, 1709164800000000, 1709164800000000, 1709164800000000, 1, NULL, 9, 1, '{}', '/tmp/tide', 'source/_posts/2024/旧闻.md', '881260f5a91daef4a11f32d3611847b7:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (4, 'a-note-on-seconds', '/2025/12/01/a-note-on-seconds/', 'A note on seconds', NULL, 'This one was published between two seconds.', 'en', 0, 1764584430123456, 1764584430123456, 1764584430123456, 1, NULL, 7, 1, '{}', '/tmp/tide', 'source/_posts/a-note-on-seconds.md', '09dcbbfaa2338f7b2616a48e9d2645b8:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (5, 'a-walk-around-the-harbour', '/walks/harbour/', 'A walk around the harbour', 'Two hours, one bakery.', 'Start at the lighthouse, where the bus stops, and keep the water on your left. The mole was rebuilt in 1904. Nobody knows who paid. a coat a map A heading may come twice; its anchor may not.', 'en-GB', 0, 1772323200000000, 1772323200000000, 1772674200000000, 0, 'https://first.example.net/harbour-walk', 54, 1, '{"wind":{"force":4,"from":["west","north-west"]},"rating":4.5}', '/tmp/tide', 'source/_posts/a-walk-around-the-harbour.md', '5cb7b530eb36128278689be71e7c3baa:a26c5883df22ce7eeb5b89b016e0f522~c567c4c09fa5efdbe56cf9aa4599edea', 'harbour');
INSERT INTO "article" VALUES (6, 'held-back', '/2026/04/01/held-back/', 'Held back', NULL, 'Ready, but not shown.', 'en', 1, 1774972800000000, 1774972800000000, 1774972800000000, 1, NULL, 4, 1, '{}', '/tmp/tide', 'source/_posts/held-back.md', '8b538562ce164c4254b38ec78ef9a84d:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (7, 'letter-to-2099', '/letters/2099/', 'A letter to 2099', NULL, 'Nobody may read this yet.', 'en', 0, 4070908800000000, 1795348800000000, 1795348800000000, 1, 'https://first.example.net/letter', 5, 1, '{}', '/tmp/tide', 'source/_posts/letter-to-2099.md', 'b4233950e43d92b9c413dca96821ffdd:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (8, 'nothing-but-a-title', '/2025/12/24/nothing-but-a-title/', 'Nothing but a title', NULL, '', 'en', 0, 1766570400000000, 1766570400000000, 1766570400000000, 1, NULL, 0, 1, '{}', '/tmp/tide', 'source/_posts/nothing-but-a-title.md', '7d59629628460662c899e311041af3f5:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (9, 'sure', '/notes/100% sure & 是的/', '100% sure', NULL, 'A path may hold anything.', 'en', 0, 1759982400000000, 1759982400000000, 1759982400000000, 1, NULL, 5, 1, '{}', '/tmp/tide', 'source/_posts/sure.md', '843d9bae2b8a067d1a2199122b69dbad:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (10, 'the-bakery', '/2025/11/02/the-bakery/', 'The bakery: open at five', 'The first loaves are out before the first boats.', 'The first loaves are out before the first boats. The second loaves are for everybody else, and there are n + 1 of them.', 'en', 0, 1762030800000000, 1762030800000000, 1762030800000000, 1, NULL, 23, 1, '{}', '/tmp/tide', 'source/_posts/the-bakery.md', 'a5de34dcbd2b910a26968dd8a044fb11:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (11, 'two-at-once-a', '/2026/01/10/two-at-once-a/', 'Two at once, the first', NULL, 'Both were published at the same instant; the one that came in later goes before.', 'en', 0, 1768003200000000, 1768003200000000, 1768003200000000, 1, NULL, 15, 1, '{}', '/tmp/tide', 'source/_posts/two-at-once-a.md', 'bf6a1786c65ae21b3bff8e7948e7e455:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (12, 'two-at-once-b', '/2026/01/10/two-at-once-b/', 'Two at once, the second', NULL, 'Both were published at the same instant.', 'en', 0, 1768003200000000, 1768003200000000, 1768003200000000, 1, NULL, 7, 1, '{}', '/tmp/tide', 'source/_posts/two-at-once-b.md', 'c6768d9e8b29bd250966aecb4eb4ef9a:a26c5883df22ce7eeb5b89b016e0f522', NULL);
INSERT INTO "article" VALUES (13, '潮汐笔记', '/2026/02/15/潮汐笔记/', '潮汐笔记', NULL, '潮水一天来两次，每次晚五十分钟左右。 先看日期，再看高度，最后看“你要去的港口”。', 'zh', 0, 1771123837000000, 1771123837000000, 1771123837000000, 1, NULL, 39, 1, '{}', '/tmp/tide', 'source/_posts/潮汐笔记.md', 'fe18da0f3ba505a825661eb381864184:a26c5883df22ce7eeb5b89b016e0f522', 'harbour');
INSERT INTO "body" VALUES (1, '<p>This is a draft.</p>', '
This is a draft.
', 'This is a draft.', '[]');
INSERT INTO "body" VALUES (2, '<p>Sixteen miles, and the same gulls as ever. 走了十六英里。</p>
<table>
<thead>
<tr>
<th>Mile</th>
<th>What is there</th>
</tr>
</thead>
<tbody>
<tr>
<td>4</td>
<td>a pub</td>
</tr>
<tr>
<td>16</td>
<td>a bus</td>
</tr>
</tbody>
</table>', '
Sixteen miles, and the same gulls as ever. 走了十六英里。

| Mile | What is there |
| ---- | ------------- |
| 4    | a pub         |
| 16   | a bus         |
', 'Sixteen miles, and the same gulls as ever. 走了十六英里。
Mile What is there
4 a pub
16 a bus', '[]');
INSERT INTO "body" VALUES (3, '<p>闰日那天，港口没有船。</p>', '
闰日那天，港口没有船。
', '闰日那天，港口没有船。', '[]');
INSERT INTO "body" VALUES (4, '<p>This one was published between two seconds.</p>', '
This one was published between two seconds.
', 'This one was published between two seconds.', '[]');
INSERT INTO "body" VALUES (5, '<p>Start at the <strong>lighthouse</strong>, where the bus stops, and keep the water on your left.</p>
<figure data-cover=""><img src="https://images.example.com/2026/03/quay.jpg" alt="A stone quay" width="770" height="513" data-figure="0"><figcaption>The old quay at low water (Photo: Jonas Weir)</figcaption></figure>
<h2 id="the-mole">The mole</h2>
<p>The mole was rebuilt in 1904. Nobody knows who paid.</p>
<figure><img src="https://images.example.com/2026/03/gulls.png" alt="Gulls" data-figure="1"></figure>
<h3 id="what-to-bring">What to bring</h3>
<ul>
<li>a coat</li>
<li>a <a href="https://maps.example.org/" rel="noopener noreferrer">map</a></li>
</ul>
<h2 id="the-mole-2">The mole</h2>
<p>A heading may come twice; its anchor may not.</p>
<figure><img src="https://images.example.com/2026/03/quay.jpg" alt="" data-figure="2"></figure>', '
Start at the **lighthouse**, where the bus stops, and keep the water on your left.

<figure class="wp-caption"><img src="https://images.example.com/2026/03/quay.jpg?w=770&#038;resize=770%2C513" alt="A stone quay" style="width:100%"><figcaption>The old quay at low water (Photo: Jonas Weir)</figcaption></figure>

## The mole

The mole was rebuilt in 1904. Nobody knows who paid.

![Gulls](https://images.example.com/2026/03/gulls.png)

### What to bring

- a coat
- a [map](https://maps.example.org/)

## The mole

A heading may come twice; its anchor may not.

![](https://images.example.com/2026/03/quay.jpg)
', 'Start at the lighthouse, where the bus stops, and keep the water on your left.
The old quay at low water (Photo: Jonas Weir)
The mole
The mole was rebuilt in 1904. Nobody knows who paid.
What to bring
a coat
a map
The mole
A heading may come twice; its anchor may not.', '[{"level":2,"text":"The mole","anchor":"the-mole"},{"level":3,"text":"What to bring","anchor":"what-to-bring"},{"level":2,"text":"The mole","anchor":"the-mole-2"}]');
INSERT INTO "body" VALUES (6, '<p>Ready, but not shown.</p>', '
Ready, but not shown.
', 'Ready, but not shown.', '[]');
INSERT INTO "body" VALUES (7, '<p>Nobody may read this yet. <img src="https://images.example.com/2099/stamp.png" alt="A stamp" data-figure="0"></p>
<figure><img src="https://images.example.com/2026/03/gulls.png" alt="The gulls, still there" data-figure="1"></figure>', '
Nobody may read this yet. ![A stamp](https://images.example.com/2099/stamp.png)

![The gulls, still there](https://images.example.com/2026/03/gulls.png)
', 'Nobody may read this yet.', '[]');
INSERT INTO "body" VALUES (8, '', '', '', '[]');
INSERT INTO "body" VALUES (9, '<p>A path may hold anything.</p>', '
A path may hold anything.
', 'A path may hold anything.', '[]');
INSERT INTO "body" VALUES (10, '<p>The first loaves are out before the first boats.</p>

<p>The second loaves are for everybody else, and there are <code>n + 1</code> of them.</p>
<figure><img src="https://images.example.com/2025/11/oven.jpg" alt="A loaf" title="Still warm" data-figure="0"></figure>', '
The first loaves are out before the first boats.

<!-- more -->

The second loaves are for everybody else, and there are `n + 1` of them.

![A loaf](https://images.example.com/2025/11/oven.jpg "Still warm")
', 'The first loaves are out before the first boats.
The second loaves are for everybody else, and there are n + 1 of them.', '[]');
INSERT INTO "body" VALUES (11, '<p>Both were published at the same instant; the one that came in later goes before.</p>', '
Both were published at the same instant; the one that came in later goes before.
', 'Both were published at the same instant; the one that came in later goes before.', '[]');
INSERT INTO "body" VALUES (12, '<p>Both were published at the same instant.</p>', '
Both were published at the same instant.
', 'Both were published at the same instant.', '[]');
INSERT INTO "body" VALUES (13, '<p>潮水一天来两次，每次晚五十分钟左右。</p>
<figure data-cover=""><img src="https://images.example.com/2026/02/tide-table.jpg" alt="潮汐表" data-figure="0"></figure>
<h3 id="怎么读潮汐表">怎么读潮汐表</h3>
<p>先看日期，再看高度，最后看“你要去的港口”。</p>', '
<p>潮水一天来两次，每次晚五十分钟左右。</p>
<p><img src="https://images.example.com/2026/02/tide-table.jpg" alt="潮汐表"></p>
<h3>怎么读潮汐表</h3>
<p>先看日期，再看高度，最后看“你要去的港口”。</p>
', '潮水一天来两次，每次晚五十分钟左右。
怎么读潮汐表
先看日期，再看高度，最后看“你要去的港口”。', '[{"level":3,"text":"怎么读潮汐表","anchor":"怎么读潮汐表"}]');
INSERT INTO "earlier_path" VALUES ('/walks/quay/', 5);
INSERT INTO "earlier_path" VALUES ('/旧/码头漫步/', 5);
INSERT INTO "earlier_path" VALUES ('/letters/soon/', 7);
INSERT INTO "article_category" VALUES (1, 1, 1, 1769968922000000, 1, 0);
INSERT INTO "article_category" VALUES (3, 2, 0, 1721437200000000, 1, 1);
INSERT INTO "article_category" VALUES (4, 2, 0, 1721437200000000, 0, 0);
INSERT INTO "article_category" VALUES (9, 2, 0, 1721437200000000, 1, 0);
INSERT INTO "article_category" VALUES (6, 3, 0, 1709164800000000, 0, 0);
INSERT INTO "article_category" VALUES (11, 3, 0, 1709164800000000, 1, 0);
INSERT INTO "article_category" VALUES (3, 4, 0, 1764584430123456, 1, 0);
INSERT INTO "article_category" VALUES (3, 5, 0, 1772323200000000, 0, 0);
INSERT INTO "article_category" VALUES (4, 5, 0, 1772323200000000, 1, 1);
INSERT INTO "article_category" VALUES (8, 5, 0, 1772323200000000, 1, 0);
INSERT INTO "article_category" VALUES (4, 6, 1, 1774972800000000, 1, 0);
INSERT INTO "article_category" VALUES (2, 7, 0, 4070908800000000, 0, 0);
INSERT INTO "article_category" VALUES (4, 7, 0, 4070908800000000, 1, 1);
INSERT INTO "article_category" VALUES (7, 7, 0, 4070908800000000, 1, 0);
INSERT INTO "article_category" VALUES (2, 9, 0, 1759982400000000, 1, 0);
INSERT INTO "article_category" VALUES (3, 10, 0, 1762030800000000, 0, 0);
INSERT INTO "article_category" VALUES (8, 10, 0, 1762030800000000, 0, 0);
INSERT INTO "article_category" VALUES (12, 10, 0, 1762030800000000, 1, 0);
INSERT INTO "article_category" VALUES (4, 11, 0, 1768003200000000, 1, 0);
INSERT INTO "article_category" VALUES (4, 12, 0, 1768003200000000, 1, 0);
INSERT INTO "article_category" VALUES (3, 13, 0, 1771123837000000, 0, 1);
INSERT INTO "article_category" VALUES (5, 13, 0, 1771123837000000, 0, 0);
INSERT INTO "article_category" VALUES (8, 13, 0, 1771123837000000, 1, 1);
INSERT INTO "article_category" VALUES (10, 13, 0, 1771123837000000, 1, 0);
INSERT INTO "article_author" VALUES (3, 1, 1, 1769968922000000, 0);
INSERT INTO "article_author" VALUES (1, 2, 0, 1721437200000000, 0);
INSERT INTO "article_author" VALUES (2, 2, 0, 1721437200000000, 1);
INSERT INTO "article_author" VALUES (4, 3, 0, 1709164800000000, 0);
INSERT INTO "article_author" VALUES (1, 4, 0, 1764584430123456, 0);
INSERT INTO "article_author" VALUES (2, 5, 0, 1772323200000000, 0);
INSERT INTO "article_author" VALUES (1, 5, 0, 1772323200000000, 1);
INSERT INTO "article_author" VALUES (2, 6, 1, 1774972800000000, 0);
INSERT INTO "article_author" VALUES (2, 7, 0, 4070908800000000, 0);
INSERT INTO "article_author" VALUES (1, 9, 0, 1759982400000000, 0);
INSERT INTO "article_author" VALUES (2, 10, 0, 1762030800000000, 0);
INSERT INTO "article_author" VALUES (1, 11, 0, 1768003200000000, 0);
INSERT INTO "article_author" VALUES (1, 12, 0, 1768003200000000, 0);
INSERT INTO "article_author" VALUES (4, 13, 0, 1771123837000000, 0);
INSERT INTO "article_tag" VALUES (4, 1, 1, 1769968922000000);
INSERT INTO "article_tag" VALUES (5, 1, 1, 1769968922000000);
INSERT INTO "article_tag" VALUES (5, 2, 0, 1721437200000000);
INSERT INTO "article_tag" VALUES (2, 5, 0, 1772323200000000);
INSERT INTO "article_tag" VALUES (5, 5, 0, 1772323200000000);
INSERT INTO "article_tag" VALUES (2, 7, 0, 4070908800000000);
INSERT INTO "article_tag" VALUES (3, 7, 0, 4070908800000000);
INSERT INTO "article_tag" VALUES (1, 10, 0, 1762030800000000);
INSERT INTO "article_tag" VALUES (5, 11, 0, 1768003200000000);
INSERT INTO "article_tag" VALUES (5, 12, 0, 1768003200000000);
INSERT INTO "article_tag" VALUES (2, 13, 0, 1771123837000000);
INSERT INTO "article_tag" VALUES (6, 13, 0, 1771123837000000);
INSERT INTO "figure" VALUES (1, 1, -1, 8, '', NULL, NULL, 1, 0, 1, 1769968922000000);
INSERT INTO "figure" VALUES (2, 2, -1, 4, '', NULL, NULL, 1, 0, 0, 1721437200000000);
INSERT INTO "figure" VALUES (3, 5, -2, 10, '', NULL, NULL, 0, 1, 0, 1772323200000000);
INSERT INTO "figure" VALUES (4, 5, 0, 5, 'A stone quay', 'The old quay at low water', 'Photo: Jonas Weir', 1, 0, 0, 1772323200000000);
INSERT INTO "figure" VALUES (5, 5, 1, 4, 'Gulls', NULL, NULL, 0, 0, 0, 1772323200000000);
INSERT INTO "figure" VALUES (6, 5, 2, 5, '', NULL, NULL, 0, 0, 0, 1772323200000000);
INSERT INTO "figure" VALUES (7, 7, -1, 6, '', NULL, NULL, 1, 0, 0, 4070908800000000);
INSERT INTO "figure" VALUES (8, 7, 0, 7, 'A stamp', NULL, NULL, 0, 0, 0, 4070908800000000);
INSERT INTO "figure" VALUES (9, 7, 1, 4, 'The gulls, still there', NULL, NULL, 0, 0, 0, 4070908800000000);
INSERT INTO "figure" VALUES (10, 10, -2, 1, '', NULL, NULL, 0, 1, 0, 1762030800000000);
INSERT INTO "figure" VALUES (11, 10, 0, 2, 'A loaf', NULL, NULL, 0, 0, 0, 1762030800000000);
INSERT INTO "figure" VALUES (12, 13, 0, 3, '潮汐表', NULL, NULL, 1, 0, 0, 1771123837000000);
INSERT INTO "content_generation" VALUES (1, 1);
INSERT INTO "source_file" VALUES (1, 'hexo', X'2D2D2D0A7469746C653A20556E66696E69736865640A646174653A20323032362D30322D30322030323A30323A30320A63617465676F726965733A205B4472617765725D0A746167733A205B756E7772697474656E2C2077616C6B735D0A617574686F723A204E6F626F6479205965740A636F7665723A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F6472616674732F6465736B2E6A70670A2D2D2D0A0A5468697320697320612064726166742E0A');
INSERT INTO "source_file" VALUES (2, 'hexo', X'2D2D2D0A7469746C653A20546865206C6F6E67207761790A646174653A20323032342D30372D32302030393A30303A30300A63617465676F726965733A0A20202D205B57616C6B732C204C6F6E675D0A20202D205B506C616365735D0A746167733A205B77616C6B735D0A617574686F72733A205B4A6F6E617320576569722C204D6569204C696E5D0A636F7665723A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F67756C6C732E706E670A2D2D2D0A0A5369787465656E206D696C65732C20616E64207468652073616D652067756C6C7320617320657665722E20E8B5B0E4BA86E58D81E585ADE88BB1E9878CE380820A0A7C204D696C65207C2057686174206973207468657265207C0A7C202D2D2D2D207C202D2D2D2D2D2D2D2D2D2D2D2D2D207C0A7C2034202020207C2061207075622020202020202020207C0A7C2031362020207C2061206275732020202020202020207C0A');
INSERT INTO "source_file" VALUES (3, 'hexo', X'2D2D2D0A7469746C653A20E697A7E997BBE4B880E588990A646174653A2032303234E5B9B432E69C883239E697A52038E782B90A63617465676F726965733A205BE696B0E997BB2C20E6B8AFE58FA35D0A617574686F723A20E69E97E7BE8E0A7065726D616C696E6B3A202FE697A7E997BB2FE4B880E588990A2D2D2D0A0AE997B0E697A5E982A3E5A4A9EFBC8CE6B8AFE58FA3E6B2A1E69C89E888B9E380820A');
INSERT INTO "source_file" VALUES (4, 'hexo', X'2D2D2D0A7469746C653A2041206E6F7465206F6E207365636F6E64730A646174653A20323032352D31322D30315431303A32303A33302E3132333435365A0A63617465676F72793A20506C616365730A617574686F723A204A6F6E617320576569720A2D2D2D0A0A54686973206F6E6520776173207075626C6973686564206265747765656E2074776F207365636F6E64732E0A');
INSERT INTO "source_file" VALUES (5, 'hexo', X'2D2D2D0A7469746C653A20412077616C6B2061726F756E642074686520686172626F75720A646174653A20323032362D30332D30312030383A30303A30300A757064617465643A20323032362D30332D30352030393A33303A30300A7065726D616C696E6B3A202F77616C6B732F686172626F75722F0A616C6961733A205B2F77616C6B732F717561792F2C202FE697A72FE7A081E5A4B4E6BCABE6ADA52F5D0A63617465676F726965733A0A20202D205B506C616365732C20486172626F7572735D0A20202D205B57616C6B735D0A746167733A205B7365612C2077616C6B735D0A617574686F72733A0A20202D206E616D653A204D6569204C696E0A2020202062696F3A2057616C6B732C20616E642077726974657320646F776E2077686572652E0A20202020776562736974653A2068747470733A2F2F6D65692E6578616D706C652E6F72672F0A202020206176617461723A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F70656F706C652F6D65692E6A70673F773D39360A20202D204A6F6E617320576569720A636F7665723A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F717561792E6A70673F726573697A653D313230302532433830300A7468756D626E61696C3A202F696D616765732F717561792D736D616C6C2E776562700A636F6D6D656E74733A2066616C73650A736F757263653A2068747470733A2F2F66697273742E6578616D706C652E6E65742F686172626F75722D77616C6B0A657863657270743A2054776F20686F7572732C206F6E652062616B6572792E0A6C616E673A20656E2D47420A7472616E736C6174696F6E5F6B65793A20686172626F75720A77696E643A207B20666F7263653A20342C2066726F6D3A205B776573742C206E6F7274682D776573745D207D0A726174696E673A20342E350A2D2D2D0A0A537461727420617420746865202A2A6C69676874686F7573652A2A2C20776865726520746865206275732073746F70732C20616E64206B65657020746865207761746572206F6E20796F7572206C6566742E0A0A3C66696775726520636C6173733D2277702D63617074696F6E223E3C696D67207372633D2268747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F717561792E6A70673F773D37373026233033383B726573697A653D3737302532433531332220616C743D22412073746F6E65207175617922207374796C653D2277696474683A31303025223E3C66696763617074696F6E3E546865206F6C642071756179206174206C6F77207761746572202850686F746F3A204A6F6E61732057656972293C2F66696763617074696F6E3E3C2F6669677572653E0A0A232320546865206D6F6C650A0A546865206D6F6C65207761732072656275696C7420696E20313930342E204E6F626F6479206B6E6F77732077686F20706169642E0A0A215B47756C6C735D2868747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F67756C6C732E706E67290A0A232323205768617420746F206272696E670A0A2D206120636F61740A2D2061205B6D61705D2868747470733A2F2F6D6170732E6578616D706C652E6F72672F290A0A232320546865206D6F6C650A0A412068656164696E67206D617920636F6D652074776963653B2069747320616E63686F72206D6179206E6F742E0A0A215B5D2868747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F717561792E6A7067290A');
INSERT INTO "source_file" VALUES (6, 'hexo', X'2D2D2D0A7469746C653A2048656C64206261636B0A646174653A20323032362D30342D30312030303A30303A30300A7075626C69736865643A2066616C73650A63617465676F726965733A205B57616C6B735D0A617574686F723A204D6569204C696E0A2D2D2D0A0A52656164792C20627574206E6F742073686F776E2E0A');
INSERT INTO "source_file" VALUES (7, 'hexo', X'2D2D2D0A7469746C653A2041206C657474657220746F20323039390A646174653A20323039392D30312D30315430303A30303A30305A0A7065726D616C696E6B3A202F6C6574746572732F323039392F0A616C6961733A202F6C6574746572732F736F6F6E2F0A63617465676F726965733A0A20202D205B4E6F7465732C204C6574746572735D0A20202D205B57616C6B735D0A746167733A205B746F6D6F72726F772C207365615D0A617574686F723A204D6569204C696E0A736F757263653A2068747470733A2F2F66697273742E6578616D706C652E6E65742F6C65747465720A636F7665723A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F323039392F656E76656C6F70652E6A70670A2D2D2D0A0A4E6F626F6479206D617920726561642074686973207965742E20215B41207374616D705D2868747470733A2F2F696D616765732E6578616D706C652E636F6D2F323039392F7374616D702E706E67290A0A215B5468652067756C6C732C207374696C6C2074686572655D2868747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30332F67756C6C732E706E67290A');
INSERT INTO "source_file" VALUES (8, 'hexo', X'2D2D2D0A7469746C653A204E6F7468696E67206275742061207469746C650A646174653A20323032352D31322D32342031383A30303A30300A2D2D2D0A');
INSERT INTO "source_file" VALUES (9, 'hexo', X'2D2D2D0A7469746C653A203130302520737572650A646174653A20323032352D31302D30392031323A30303A30300A7065726D616C696E6B3A202F6E6F7465732F313030252073757265202620E698AFE79A842F0A63617465676F726965733A205B4E6F7465735D0A617574686F723A204A6F6E617320576569720A2D2D2D0A0A412070617468206D617920686F6C6420616E797468696E672E0A');
INSERT INTO "source_file" VALUES (10, 'hexo', X'2D2D2D0A7469746C653A20275468652062616B6572793A206F70656E2061742066697665270A646174653A20323032352D31312D30322030353A30303A30300A63617465676F726965733A205B506C616365732C20486172626F7572732C2051756179205374726565745D0A746167733A205B62726561645D0A617574686F723A204D6569204C696E0A696E6465785F696D673A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032352F31312F6C6F61662E617669660A2D2D2D0A0A546865206669727374206C6F6176657320617265206F7574206265666F72652074686520666972737420626F6174732E0A0A3C212D2D206D6F7265202D2D3E0A0A546865207365636F6E64206C6F617665732061726520666F72206576657279626F647920656C73652C20616E642074686572652061726520606E202B203160206F66207468656D2E0A0A215B41206C6F61665D2868747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032352F31312F6F76656E2E6A706720225374696C6C207761726D22290A');
INSERT INTO "source_file" VALUES (11, 'hexo', X'2D2D2D0A7469746C653A2054776F206174206F6E63652C207468652066697273740A646174653A20323032362D30312D31305430303A30303A30305A0A63617465676F726965733A2057616C6B730A617574686F723A204A6F6E617320576569720A746167733A2077616C6B730A2D2D2D0A0A426F74682077657265207075626C6973686564206174207468652073616D6520696E7374616E743B20746865206F6E6520746861742063616D6520696E206C6174657220676F6573206265666F72652E0A');
INSERT INTO "source_file" VALUES (12, 'hexo', X'2D2D2D0A7469746C653A2054776F206174206F6E63652C20746865207365636F6E640A646174653A20323032362D30312D31305430303A30303A30305A0A63617465676F726965733A2057616C6B730A617574686F723A204A6F6E617320576569720A746167733A2077616C6B730A2D2D2D0A0A426F74682077657265207075626C6973686564206174207468652073616D6520696E7374616E742E0A');
INSERT INTO "source_file" VALUES (13, 'hexo', X'2D2D2D0A7469746C653A20E6BDAEE6B190E7AC94E8AEB00A646174653A2053756E2C2031352046656220323032362030323A35303A333720474D540A63617465676F726965733A0A20202D205BE59CB0E696B92C20E6B8AFE58FA35D0A20202D205B506C616365732C20486172626F7572735D0A746167733A205BE6BDAEE6B1902C207365615D0A617574686F723A20E69E97E7BE8E0A7472616E736C6174696F6E5F6B65793A20686172626F75720A68656164696D673A2068747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30322F746964652D7461626C652E6A70670A2D2D2D0A0A3C703EE6BDAEE6B0B4E4B880E5A4A9E69DA5E4B8A4E6ACA1EFBC8CE6AF8FE6ACA1E6999AE4BA94E58D81E58886E9929FE5B7A6E58FB3E380823C2F703E0A3C703E3C696D67207372633D2268747470733A2F2F696D616765732E6578616D706C652E636F6D2F323032362F30322F746964652D7461626C652E6A70672220616C743D22E6BDAEE6B190E8A1A8223E3C2F703E0A3C68333EE6808EE4B988E8AFBBE6BDAEE6B190E8A1A83C2F68333E0A3C703EE58588E79C8BE697A5E69C9FEFBC8CE5868DE79C8BE9AB98E5BAA6EFBC8CE69C80E5908EE79C8BE2809CE4BDA0E8A681E58EBBE79A84E6B8AFE58FA3E2809DE380823C2F703E0A');
INSERT INTO "sqlite_sequence" VALUES ('image', 10);
INSERT INTO "sqlite_sequence" VALUES ('author', 4);
INSERT INTO "sqlite_sequence" VALUES ('tag', 6);
INSERT INTO "sqlite_sequence" VALUES ('category', 12);
INSERT INTO "sqlite_sequence" VALUES ('article', 13);
INSERT INTO "sqlite_sequence" VALUES ('figure', 12);
CREATE INDEX "image_listing" ON "image" ("created_at", "id");
CREATE INDEX "author_avatar" ON "author" ("avatar_id");
CREATE INDEX "category_children" ON "category" ("parent_id", "name");
CREATE INDEX "category_closure_ancestors" ON "category_closure" ("descendant_id", "distance");
CREATE INDEX "article_listing" ON "article" ("is_draft", "published_at", "id");
CREATE INDEX "article_source_url" ON "article" ("source_url");
CREATE UNIQUE INDEX "article_source" ON "article" ("source_path", "source_root");
CREATE INDEX "earlier_path_article" ON "earlier_path" ("article_id");
CREATE INDEX "article_category_listing" ON "article_category" ("category_id", "is_draft", "published_at", "article_id");
CREATE INDEX "article_category_leaf_listing" ON "article_category" ("category_id", "is_leaf", "is_draft", "published_at", "article_id");
CREATE INDEX "article_author_listing" ON "article_author" ("author_id", "is_draft", "published_at", "article_id");
CREATE INDEX "article_tag_listing" ON "article_tag" ("tag_id", "is_draft", "published_at", "article_id");
CREATE UNIQUE INDEX "figure_place" ON "figure" ("article_id", "position");
CREATE INDEX "figure_listing" ON "figure" ("image_id", "is_draft", "published_at", "article_id");
CREATE INDEX "image_source" ON "image" ("source_root", "id");
CREATE INDEX "article_translation" ON "article" ("translation_key", "source_root");
CREATE INDEX "article_category_of" ON "article_category" ("article_id", "is_leaf", "position");
CREATE INDEX "article_author_of" ON "article_author" ("article_id", "position");
CREATE INDEX "article_tag_of" ON "article_tag" ("article_id");
