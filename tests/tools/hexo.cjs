// What Hexo makes of the posts of a folder, as JSON by the file's path: `node hexo.cjs FOLDER`.
const Hexo = require("hexo");
const path = require("node:path");

const names = (category, all) => (category.parent ? names(all.findById(category.parent), all) : []).concat(category.name);

const at = (path) => ("/" + decodeURI(path)).replace(/^\/+/, "/");

(async () => {
  // Its plugins are found where it is installed, not in the folder.
  const hexo = new Hexo(path.resolve(process.argv[2]), { silent: true });
  await hexo.init();
  hexo.extend.renderer.register("md", "html", (data) => data.text, true);
  await hexo.load();
  const all = hexo.model("Category");
  const posts = {};
  for (const post of hexo.locals.get("posts").toArray()) {
    posts["source/" + post.source] = {
      title: post.title,
      date: post.date.toISOString(),
      path: at(post.path),
      categories: post.categories.toArray().map((category) => names(category, all)),
      tags: post.tags.toArray().map((tag) => tag.name),
      places: Object.fromEntries(
        post.categories
          .toArray()
          .map((category) => [names(category, all).join(" > "), at(category.path)])
          .concat(post.tags.toArray().map((tag) => ["#" + tag.name, at(tag.path)])),
      ),
    };
  }
  process.stdout.write(JSON.stringify(posts, null, 1));
})();
