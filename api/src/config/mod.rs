//! Every setting: its flag, its environment variable, its default and its unit. `masthead.toml` is the last resort.

mod limits;

pub use limits::Limits;

use crate::{Error, Result};
use camino::{Utf8Path, Utf8PathBuf};
use chrono_tz::Tz;
use clap::{Args, Command};
use ipnet::IpNet;
use percent_encoding::percent_decode_str;
use std::{
    collections::BTreeMap,
    fs, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};
use url::Url;

/// The settings of every command. Each is a flag, else `MASTHEAD_` and the flag in capitals, else a key of `masthead.toml`
/// in the working directory, else its default.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[command(next_help_heading = "Settings (a flag, else the environment, else masthead.toml)")]
pub struct Settings {
    /// `sqlite://FILE?mode=rwc` or `postgres://USER@HOST/DATABASE`
    #[arg(
        long,
        global = true,
        env = "MASTHEAD_DATABASE_URL",
        default_value = "sqlite://masthead.db?mode=rwc",
        hide_env_values = true
    )]
    pub database_url: String,
    /// Address and port to answer on
    #[arg(long, global = true, env = "MASTHEAD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where the site that shows the articles is reached, e.g. `https://example.org`
    #[arg(long, global = true, env = "MASTHEAD_SITE_URL")]
    pub site_url: Option<Url>,
    /// The site's title. This and the site's other settings are by default what the last import read from the site's
    /// configuration, else `Masthead`
    #[arg(long, global = true, env = "MASTHEAD_SITE_TITLE")]
    pub site_title: Option<String>,
    /// The site's description
    #[arg(long, global = true, env = "MASTHEAD_SITE_DESCRIPTION")]
    pub site_description: Option<String>,
    /// The language of articles that do not tell theirs (BCP 47). Default: `en`
    #[arg(long, global = true, env = "MASTHEAD_SITE_LOCALE")]
    pub site_locale: Option<String>,
    /// The zone that the site's dates are written and read in (IANA name). Default: UTC
    #[arg(long, global = true, env = "MASTHEAD_SITE_TIMEZONE")]
    pub site_timezone: Option<Tz>,
    /// Where this API is reached; image URLs start with it. Default: the address it listens on
    #[arg(long, global = true, env = "MASTHEAD_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// The folder for copies of local images. Default: `media` beside the SQLite file, or in the working directory
    #[arg(long, global = true, env = "MASTHEAD_MEDIA")]
    pub media: Option<Utf8PathBuf>,
    /// Hosts whose frames stay in the HTML of articles, sandboxed, separated by commas, e.g. `www.youtube-nocookie.com`. Files
    /// are read again when it changes. Default: none, a link stands in the place of a known player
    #[arg(long, global = true, env = "MASTHEAD_IFRAME_HOSTS", value_delimiter = ',', value_parser = host)]
    pub iframe_hosts: Vec<String>,
    /// Origins whose pages may call the API, separated by commas. Default: `*`, any, without credentials
    #[arg(long, global = true, env = "MASTHEAD_CORS_ORIGIN", value_delimiter = ',', value_parser = origin)]
    pub cors_origin: Vec<String>,
    /// Requests with `Authorization: Bearer <this>` also see drafts and scheduled articles. Default: nobody does
    #[arg(long, global = true, env = "MASTHEAD_PREVIEW_TOKEN", hide_env_values = true)]
    pub preview_token: Option<String>,
    /// Leave an empty database empty, instead of filling it with sample articles
    #[arg(long, global = true, env = "MASTHEAD_NO_SAMPLE")]
    pub no_sample: bool,
    /// Serve GraphiQL
    #[arg(long, global = true, env = "MASTHEAD_GRAPHIQL", default_value_t = true, action = clap::ArgAction::Set)]
    pub graphiql: bool,
    /// Answer questions about the schema: introspection, and `/schema.graphql`
    #[arg(long, global = true, env = "MASTHEAD_INTROSPECTION", default_value_t = true, action = clap::ArgAction::Set)]
    pub introspection: bool,
    /// Say in errors which name may have been meant; not without introspection
    #[arg(long, global = true, env = "MASTHEAD_SUGGESTIONS", default_value_t = true, action = clap::ArgAction::Set)]
    pub suggestions: bool,
    /// Requests a minute from one address; more are answered with 429. Default: as many as come
    #[arg(long, global = true, env = "MASTHEAD_RATE_LIMIT")]
    pub rate_limit: Option<NonZeroU32>,
    /// Addresses of proxies before this server, or networks such as `10.0.0.0/8`, separated by commas: for requests from these
    /// the client's address is the last one in `X-Forwarded-For` that is none of them. Default: none
    #[arg(long, global = true, env = "MASTHEAD_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Bytes that answers may take which are kept until the content changes. 0: none is kept
    #[arg(long, global = true, env = "MASTHEAD_RESPONSE_CACHE_BYTES", default_value_t = 64 * 1024 * 1024)]
    pub response_cache_bytes: u64,
    /// A folder of documents (`.graphql`, or a manifest in `.json`) that are known by their hashes and names. Default: none
    #[arg(long, global = true, env = "MASTHEAD_TRUSTED_DOCUMENTS")]
    pub trusted_documents: Option<Utf8PathBuf>,
    /// Answer no other documents than those
    #[arg(long, global = true, env = "MASTHEAD_ONLY_TRUSTED_DOCUMENTS")]
    pub only_trusted_documents: bool,
    /// Answer what is asked most by a faster way, and keep categories, authors, tags and pictures between requests: the same answers, sooner
    #[arg(long, global = true, env = "MASTHEAD_SHORTCUTS", default_value_t = true, action = clap::ArgAction::Set)]
    pub shortcuts: bool,
    /// Seconds that caches in front of the server may keep an answer to a GET, at the most; 0: they ask each time. Default: as long as
    /// the types in it allow, from a minute for articles to an hour for images
    #[arg(long, global = true, env = "MASTHEAD_MAX_AGE")]
    pub max_age: Option<u64>,
    /// Seconds after that for which such caches may go on to give it out while they ask. Default: none
    #[arg(long, global = true, env = "MASTHEAD_STALE_WHILE_REVALIDATE", default_value_t = 0)]
    pub stale_while_revalidate: u64,
    /// Say in every answer what it cost, as the header `X-Masthead-Receipt: 1` does for one; for development
    #[arg(long, global = true, env = "MASTHEAD_RECEIPT")]
    pub receipt: bool,
    /// Count what is asked and expose it at `/metrics`, for Prometheus: names of operations, codes, times, no content
    #[arg(long, global = true, env = "MASTHEAD_METRICS", default_value_t = true, action = clap::ArgAction::Set)]
    pub metrics: bool,
    /// An operation that takes as long is logged as slow, e.g. `1s` or `250ms`
    #[arg(long, global = true, env = "MASTHEAD_SLOW_OPERATION", default_value = "1s", value_parser = limits::duration)]
    pub slow_operation: Duration,
    /// A collector that takes spans by the OpenTelemetry protocol over HTTP, e.g. `http://127.0.0.1:4318`. Default: none
    #[arg(long, global = true, env = "MASTHEAD_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<Url>,
    /// Form of the log on standard error
    #[arg(long, global = true, env = "MASTHEAD_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
    /// What a request may take
    #[command(flatten)]
    pub limits: Limits,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl Settings {
    /// Where this API is reached.
    #[must_use]
    pub fn base_url(&self) -> Option<Url> {
        self.public_url.clone().or_else(|| Url::parse(&format!("http://{}/", self.reachable())).ok())
    }

    /// The folder for copies of local images.
    #[must_use]
    pub fn media_folder(&self) -> Utf8PathBuf {
        let given = self.media.clone().filter(|folder| !folder.as_str().is_empty());
        given.unwrap_or_else(|| beside(&self.database_url).join("media"))
    }

    /// The file of an SQLite database, whether it is there or not.
    #[must_use]
    pub fn database_file(&self) -> Option<Utf8PathBuf> {
        sqlite_file(&self.database_url)
    }

    /// An address at which this machine reaches what it listens on.
    #[must_use]
    pub fn reachable(&self) -> SocketAddr {
        let mut address = self.listen;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            IpAddr::V4(_) | IpAddr::V6(_) => {}
        }
        address
    }
}

/// The folder of an SQLite file; of any other database the working directory.
fn beside(database_url: &str) -> Utf8PathBuf {
    let file = sqlite_file(database_url);
    file.as_deref().and_then(Utf8Path::parent).map(Utf8Path::to_owned).unwrap_or_default()
}

fn sqlite_file(database_url: &str) -> Option<Utf8PathBuf> {
    let path = database_url.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
    let file = path.and_then(|path| path.split('?').next()).filter(|file| *file != ":memory:")?;
    Some(percent_decode_str(file).decode_utf8_lossy().into_owned().into())
}

/// `scheme://host` or `scheme://host:port`, as browsers send it; `*` is any.
fn origin(text: &str) -> Result<String, String> {
    if text == "*" {
        return Ok(text.to_owned());
    }
    let origin = Url::parse(text).ok().map(|url| url.origin()).filter(url::Origin::is_tuple);
    origin
        .map(|origin| origin.ascii_serialization())
        .ok_or_else(|| "write it as `https://example.org`, or `*` for any".into())
}

/// An address, or a network by its prefix.
fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().ok().map(IpNet::from);
    address
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "write an address such as `10.0.0.1`, or a network such as `10.0.0.0/8`".into())
}

/// A host alone, as URLs have it: in lower case, and in Punycode where it is not ASCII.
fn host(text: &str) -> Result<String, String> {
    let url = Url::parse(&format!("https://{}/", text.trim())).ok().filter(|_| !text.contains('*'));
    let host = url.as_ref().and_then(Url::host_str).filter(|host| {
        let alone = format!("https://{host}/");
        url.as_ref().is_some_and(|url| *url.as_str() == alone)
    });
    host.map(str::to_owned).ok_or_else(|| "write it as `www.example.org`: a host, without scheme, port or path".into())
}

/// Makes the keys of a settings file the defaults of a command line, so that flags and environment go before them.
///
/// # Errors
/// When the file can not be read, is no TOML, or has a key that is no setting.
pub fn with_file(command: Command, path: &Utf8Path) -> Result<Command> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(command),
        Err(source) => {
            return Err(Error::Read { path: path.to_owned(), source: Arc::new(source) });
        }
    };
    let table: BTreeMap<String, toml::Value> = toml::from_str(&text)
        .map_err(|error| Error::Setting { setting: path.to_string(), problem: error.to_string() })?;
    table.into_iter().try_fold(command, |command, (key, value)| with_default(command, path, key, value))
}

fn with_default(command: Command, path: &Utf8Path, key: String, value: toml::Value) -> Result<Command> {
    let id = key.replace('-', "_");
    if !command.get_arguments().any(|argument| argument.get_id() == id.as_str() && argument.is_global_set()) {
        let problem = format!("`{path}` sets it, but there is no such setting; see `masthead help`");
        return Err(Error::Setting { setting: key, problem });
    }
    let values: Vec<String> = match value {
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        single => vec![plain(&single)],
    };
    Ok(command.mut_arg(id, |argument| argument.default_values(values)))
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Where [`with_file`] looks.
#[must_use]
pub fn file() -> Utf8PathBuf {
    "masthead.toml".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_nothing_but_one() {
        for (written, read) in [(" WWW.Example.org", "www.example.org"), ("bücher.example", "xn--bcher-kva.example")] {
            assert_eq!(host(written).as_deref(), Ok(read));
        }
        for no in
            ["", "https://a.example", "a.example/b", "a.example:81", "me@a.example", "*.a.example", "a b", "a.example?"]
        {
            assert!(host(no).is_err(), "{no}");
        }
    }

    #[test]
    fn copies_of_images_lie_beside_the_sqlite_file() {
        for (url, folder) in [
            ("sqlite://masthead.db?mode=rwc", ""),
            ("sqlite:///data/masthead.db?mode=rwc", "/data"),
            ("sqlite://some/where/m.db", "some/where"),
            ("sqlite:m.db", ""),
            ("sqlite:%E5%86%99%20it/m.db?mode=rwc", "写 it"),
            ("sqlite::memory:", ""),
            ("sqlite://:memory:", ""),
            ("postgres://me@host/data/base", ""),
        ] {
            assert_eq!(beside(url), folder, "{url}");
        }
    }
}
