# What Jekyll makes of the posts of a site, as JSON by the file's path: put into the `_plugins` of a copy.
require "json"
require "uri"

Jekyll::Hooks.register :site, :post_write do |site|
  posts = site.posts.docs.to_h do |post|
    [post.relative_path, {
      title: post.data["title"].to_s,
      date: post.date.utc.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
      path: URI.decode_www_form_component(post.url.gsub("+", "%2B")),
      categories: post.data["categories"].map { |name| [name.to_s] },
      tags: post.data["tags"].map(&:to_s),
      places: {},
    }]
  end
  File.write(File.join(site.dest, "posts.json"), JSON.pretty_generate(posts))
end
